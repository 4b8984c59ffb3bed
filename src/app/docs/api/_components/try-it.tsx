"use client";

import { Play, Square } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Input, Textarea } from "~/components/ui/input";
import { makeRequest, type TryOperation } from "../_reference/try-operation";
import { ExchangeView } from "./exchange-view";
import { useToken } from "./token-card";
import { useExchange } from "./use-exchange";

/** Sends the operation for real, as whoever is signed in or holds the pasted token. */
export function TryIt({ operation }: { operation: TryOperation }) {
  const [open, setOpen] = useState(false);
  if (!open) return <Button size="sm" className="self-start" aria-label={`Try ${operation.id}`} onClick={() => setOpen(true)}><Play aria-hidden />Try it</Button>;
  return <TryForm operation={operation} />;
}

function TryForm({ operation }: { operation: TryOperation }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(operation.body ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const token = useToken();
  const { exchange, send, stop } = useExchange();
  const form = useRef<HTMLFormElement>(null);
  // The button that opened the form is gone: whoever pressed it by keyboard goes on here.
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea, button")?.focus(), []);
  const isRunning = exchange.state === "sending" || exchange.state === "receiving";

  function submit(event: FormEvent) {
    event.preventDefault();
    try {
      const request = makeRequest({ operation, values, body, token });
      setProblem(null);
      void send(request);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The request can't be made of these values.");
    }
  }

  return (
    <form ref={form} onSubmit={submit} aria-label={`Try ${operation.id}`} className="flex min-w-0 flex-col gap-3 rounded-md border p-3">
      {operation.fields.length > 0 ? (
        <div className="grid gap-3 sm:grid-cols-2">
          {operation.fields.map((field) => (
            <Field key={field.name} label={field.required ? `${field.name} (required)` : field.name} hint={field.hint === "" ? undefined : field.hint}>
              {(control) => (
                <Input {...control} value={values[field.name] ?? ""} placeholder={field.placeholder} autoComplete="off" spellCheck={false} className="font-mono" onChange={(event) => setValues((before) => ({ ...before, [field.name]: event.target.value }))} />
              )}
            </Field>
          ))}
        </div>
      ) : null}
      {operation.body === null ? null : (
        <Field label="Body">
          {(control) => <Textarea {...control} value={body} spellCheck={false} rows={Math.min(16, body.split("\n").length + 1)} className="font-mono text-xs" onChange={(event) => setBody(event.target.value)} />}
        </Field>
      )}
      {problem === null ? null : <p role="alert" className="text-sm text-failed">{problem}</p>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={operation.method === "DELETE" ? "danger" : "primary"} size="sm"><Play aria-hidden />Send {operation.method}</Button>
        {isRunning ? <Button size="sm" onClick={stop}><Square aria-hidden />Stop</Button> : null}
      </div>
      {exchange.state === "idle" ? null : <ExchangeView exchange={exchange} />}
    </form>
  );
}
