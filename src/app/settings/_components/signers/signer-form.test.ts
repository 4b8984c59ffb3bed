import { describe, expect, it } from "vitest";
import { findFieldProblems } from "~/components/form/field-problems";
import { SIGNER_LABELS, signerForm } from "./signer-form";

const KEY = `0x${"aB".repeat(32)}`;
const problemsOf = (values: { name?: string; private_key?: string }) => findFieldProblems({ schema: signerForm, values: { name: "deployer", private_key: KEY, ...values }, labels: SIGNER_LABELS });

describe("the form for a signing key", () => {
  it.each([{}, { name: "a" }, { name: "0-key_of_ours" }, { name: "x".repeat(63) }])("takes %o", (values) => {
    expect(problemsOf(values)).toEqual({});
  });

  it.each([KEY.slice(2), KEY.slice(0, -1), `${KEY}0`, `0x${"g".repeat(64)}`, `${KEY}\n`, "", "twelve words of a wallet"])("refuses %o as a key, without repeating it", (private_key) => {
    expect(problemsOf({ private_key })).toEqual({ private_key: "The key must be 0x and 64 hex digits." });
  });

  it.each(["", "Deployer", "-a", "a b", "x".repeat(64)])("refuses %o as a name", (name) => {
    expect(problemsOf({ name })).toEqual({ name: "The name must be 1 to 63 lower-case letters, digits, hyphens or underscores." });
  });
});
