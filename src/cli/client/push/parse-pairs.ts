/** Flags of the form `key=value` that may be given several times. */
import { InvalidArgumentError } from "commander";
import { LABEL_KEY_PATTERN, LABEL_KEY_RULE } from "~/domain/names";

/** `--label team=power`: the value is text. */
export function addLabel(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [key, text] = split(value, "team=power");
  if (!LABEL_KEY_PATTERN.test(key)) throw new InvalidArgumentError(`The label's name ${LABEL_KEY_RULE}.`);
  return { ...before, [key]: text };
}

/** `--option type_errors=warning`, `--option 'entries=["a.tsx"]'`: JSON where it is JSON, else text. */
export function addOption(value: string, before: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const [key, text] = split(value, "type_errors=warning");
  return { ...before, [key]: parseValue(text) };
}

/** A flag that may be given several times, with commas too. */
export function addWord(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(",").map((word) => word.trim()).filter((word) => word !== "")];
}

/** `--chain 31337`: a chain's number; several with commas, or the flag again. */
export function addChain(value: string, before: readonly number[] = []): number[] {
  return [
    ...before,
    ...addWord(value).map((word) => {
      if (!/^[1-9]\d{0,9}$/.test(word)) throw new InvalidArgumentError("Write the chain's number, such as 31337; `slipway chains` lists them.");
      return Number(word);
    }),
  ];
}

function split(value: string, example: string): [string, string] {
  const at = value.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`Write it as key=value, such as ${example}.`);
  return [value.slice(0, at), value.slice(at + 1)];
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
