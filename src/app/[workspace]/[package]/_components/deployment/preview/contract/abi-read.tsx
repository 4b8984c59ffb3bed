"use client";

import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Button } from "~/components/ui/button";
import { Field, type FieldControlProps } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { useTRPCClient } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { describeType, hintOf, readArguments, type AbiItem, type AbiParameter } from "./abi";
import { AbiValue } from "./abi-value";
import { groupDigits } from "./format-number";

/** One function that reads: its inputs, checked before they are sent, and what the contract answered. `chainId` null: it is nowhere. */
export function AbiRead({ item, buildId, chainId }: { item: AbiItem; buildId: string; chainId: number | null }) {
  const client = useTRPCClient();
  const [texts, setTexts] = useState<readonly string[]>(() => item.inputs.map(({ type }) => (type === "bool" ? "false" : "")));
  const [problems, setProblems] = useState<ReadonlyMap<number, string>>(new Map());
  const call = useMutation({
    mutationFn: (question: { chainId: number; args: unknown[] }) => client.contracts.read.query({ build_id: buildId, chain_id: question.chainId, function: item.signature, args: question.args }),
    onError: (error) => setProblems(new Map(describeError(error).fields.flatMap(({ path, message }) => (/^args\.\d+/.test(path) ? [[Number(path.split(".")[1]), message] as const] : [])))),
  });

  function ask(event: FormEvent) {
    event.preventDefault();
    if (chainId === null || call.isPending) return;
    const read = readArguments({ inputs: item.inputs, texts });
    setProblems(read.ok ? new Map() : read.problems);
    if (read.ok) call.mutate({ chainId, args: read.args });
  }
  function change(index: number, text: string) {
    setTexts(texts.map((each, at) => (at === index ? text : each)));
    setProblems(new Map([...problems].filter(([at]) => at !== index)));
  }

  return (
    <form aria-label={item.signature} onSubmit={ask} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="min-w-0 flex-1 text-xs break-words">
          <span className="font-semibold">{item.name}</span>
          {item.outputs.length === 0 ? null : <span className="text-muted"> → {item.outputs.map((output) => [describeType(output), output.name].filter(Boolean).join(" ")).join(", ")}</span>}
        </code>
        <Button type="submit" size="sm" busy={call.isPending} disabled={chainId === null} aria-label={`Read ${item.name}`} title={chainId === null ? "It is not deployed yet" : undefined}>
          {call.isPending ? null : <Play aria-hidden />}
          Read
        </Button>
      </div>
      {item.inputs.map((input, index) => (
        <Field key={index} label={[input.name, describeType(input)].filter(Boolean).join(": ")} error={toSentence(problems.get(index))}>
          {(control) => <ArgumentInput control={control} input={input} text={texts[index] ?? ""} onText={(text) => change(index, text)} />}
        </Field>
      ))}
      <div role="status" aria-label={`Answer of ${item.name}`} className="flex flex-col gap-1 empty:hidden">
        {call.data?.outputs.map((output, index) => <AbiValue key={index} type={item.outputs[index] ?? output} value={output.value} name={output.name} />)}
        {call.data === undefined ? null : <p className="text-xs text-muted">At block {groupDigits(String(call.data.block))}</p>}
      </div>
      {call.isError && problems.size === 0 ? <p role="alert" className="text-xs text-failed">{describeError(call.error).message}</p> : null}
    </form>
  );
}

/** The problem follows no name here. */
const toSentence = (problem: string | undefined) => (problem === undefined ? undefined : problem.charAt(0).toUpperCase() + problem.slice(1));

function ArgumentInput({ control, input, text, onText }: { control: FieldControlProps; input: AbiParameter; text: string; onText: (text: string) => void }) {
  if (input.type === "bool") {
    return (
      <select {...control} value={text} onChange={(event) => onText(event.target.value)} className="h-8 rounded-md border border-border-strong/70 bg-surface px-1.5 text-sm max-sm:text-[16px]">
        <option value="false">false</option>
        <option value="true">true</option>
      </select>
    );
  }
  return <Input {...control} value={text} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder={hintOf(input)} className="font-mono" onChange={(event) => onText(event.target.value)} />;
}
