"""Loads a program's module, then waits on stdin for a line with its arguments (JSON), then runs it: a process can be started
ahead of its job."""
import importlib
import json
import runpy
import sys

name = sys.argv[1]
importlib.import_module(name + ".__main__")
line = sys.stdin.readline()
if line:
    sys.argv = [name, *json.loads(line)]
    runpy.run_module(name, run_name="__main__", alter_sys=True)
