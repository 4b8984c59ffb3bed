import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createRegistry } from "./registry";

const toolchainsDir = fileURLToPath(new URL("../../toolchains", import.meta.url));
const open = (nodeVersion = "24.1.0") => createRegistry({ toolchainsDir, nodeBinary: process.execPath, nodeVersion });

describe("createRegistry", () => {
  it("has the circuit pipeline with its four stages in order", () => {
    const registry = open();
    expect(registry.kinds()).toContain("circuit");
    expect(registry.get("circuit")?.stages.map((stage) => stage.key)).toEqual(["transpilation", "circuit_json_build", "image_generation", "fabrication_files"]);
  });

  it("answers undefined for a kind it lacks", () => {
    expect(open().get("python")).toBeUndefined();
  });

  it("tells exact versions of every stage's tools, Node's among them", () => {
    for (const stage of open("24.9.9").get("circuit")?.stages ?? []) {
      const versions = stage.toolchain();
      expect(versions.node).toBe("24.9.9");
      expect(Object.keys(versions).length).toBeGreaterThan(2);
      for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
    }
  });

  it("checks options by the pipeline's schema, with its defaults", () => {
    const options = open().get("circuit")?.options;
    expect(options?.parse({})).toEqual({ type_errors: "error" });
    expect(options?.safeParse({ type_errors: "ignore" }).success).toBe(false);
    expect(options?.safeParse({ typo: 1 }).success).toBe(false);
  });
});
