/** The values that a contract's description is made of, each with what is wrong with a bad one. */
import { z } from "zod";
import { MAX_DURATION, MAX_NAME, MAX_SUPPLY_DIGITS, MAX_SYMBOL, MAX_URI } from "./limits";

/** Stands for the address that deploys, on each chain its own. */
export const DEPLOYER = "$deployer";

// Control and format characters, and lone surrogates: they can't be seen, or can't be written.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

function printable(what: string, max: number) {
  return z
    .string()
    .min(1, { error: `The ${what} is empty: write one of 1 to ${max} characters.` })
    .max(max, { error: `The ${what} has more than ${max} characters: choose a shorter one.` })
    .refine((text) => !UNPRINTABLE.test(text), { error: `The ${what} holds a line break or an invisible character: leave it out.` })
    .refine((text) => text.trim() === text, { error: `The ${what} begins or ends with a space: leave it out.` });
}

export const tokenName = printable("name", MAX_NAME);
export const tokenSymbol = printable("symbol", MAX_SYMBOL).refine((text) => !/\s/.test(text), { error: "The symbol holds a space: write it as one word, such as HYP." });
export const uri = printable("URI", MAX_URI).refine((text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && !/[\s"<>\\^`]/.test(text), {
  error: "The URI must begin with a scheme, such as ipfs:// or https://, and hold no spaces or quotes.",
});

export const address = z.union([z.literal(DEPLOYER), z.string().regex(/^0x[0-9a-fA-F]{40}$/)], { error: 'An address is 0x and 40 hex digits, or "$deployer".' });

/** Whole tokens as decimal digits: JSON numbers lose digits. */
export const amount = z
  .string()
  .regex(/^(0|[1-9]\d*)$/, { error: "An amount is a whole number of tokens, written in digits." })
  .max(MAX_SUPPLY_DIGITS, { error: `An amount has at most ${MAX_SUPPLY_DIGITS} digits.` });

export const decimals = z.int({ error: "Decimals must be a whole number." }).min(0, { error: "Decimals must be 0 or more." }).max(30, { error: "Decimals must be at most 30." });

/** Percent with up to two digits after the point. */
export function percent({ what, min = 0 }: { what: string; min?: number }) {
  return z
    .number()
    .min(min, { error: `${what} must be ${min === 0 ? "0 or more" : `at least ${min}`} percent.` })
    .max(100, { error: `${what} must be at most 100 percent.` })
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9, { error: `${what} has at most two digits after the point.` });
}

export function seconds({ what, min = 0 }: { what: string; min?: number }) {
  return z
    .int({ error: `${what} must be a whole number of seconds.` })
    .min(min, { error: `${what} must be ${min === 0 ? "0 or more" : `at least ${min}`} seconds.` })
    .max(MAX_DURATION, { error: `${what} must be at most 100 years.` });
}

/** Who may do what an owner does: one account, accounts by role, or (where nothing is left to decide) nobody. */
export const access = z.enum(["none", "ownable", "roles"]);

/** A Solidity identifier that is no reserved word: `spec/identifiers.ts` makes them. */
export const identifier = z.string().regex(/^[A-Z][A-Za-z0-9_]{0,63}$/);
