/**
 * Reads a prompt. Pure: no network, no clock, no chance; the same words give the same spec. Every word is either
 * understood, or known to mean nothing for a contract, or told: nothing that was asked for is dropped in silence.
 */
import type { ContractFeatures } from "../options";
import { finishSpec } from "./finish-spec";
import { readAccess, readFlags, readWhoBurns } from "./read-features";
import { readBareAmount, readDecimals, readGovernance, readRoyalty, readSupplies, readVesting } from "./read-amounts";
import { readPurposes } from "./read-background";
import { readLeftovers, readPhrases } from "./read-leftovers";
import { readAddresses, readNames } from "./read-names";
import { readRefused } from "./read-refused";
import { findTemplate, takeKindWords, takeStandards } from "./read-template";
import { correctSpelling } from "./correct-spelling";
import { normalizePrompt } from "./normalize-prompt";
import { createReading, show, type Assumed, type Reading, type SpecProblem, type Understood, type Unsupported } from "./reading";
import type { ContractSpec, TemplateName } from "./schema";

export interface Understanding {
  /** Null when something is unsupported or wrong. */
  spec: ContractSpec | null;
  template: TemplateName | null;
  understood: readonly Understood[];
  assumed: readonly Assumed[];
  /** Parts that were asked for and are not done. */
  unsupported: readonly Unsupported[];
  /** Values that are wrong, or contradict each other. */
  problems: readonly SpecProblem[];
}

export interface UnderstandOptions {
  prompt: string;
  /** Counts more than what the prompt seems to ask for. */
  template?: TemplateName;
  /** Count more than what the prompt says. */
  features?: ContractFeatures;
}

export function understandPrompt({ prompt, template: chosen, features = {} }: UnderstandOptions): Understanding {
  const { text, slips } = correctSpelling(normalizePrompt(prompt));
  const reading = createReading(text);
  if (slips.length > 0) reading.assume({ field: "spelling", value: slips.map(({ right }) => right).join(", "), why: `${slips.map(({ wrong, right }) => `"${wrong}" is read as "${right}"`).join(", ")}.` });
  const found = findTemplate(text);
  const template = chosen ?? found.template;
  if (chosen === undefined && found.template !== null) reading.understand({ field: "template", value: found.template, text: found.text });
  if (template === "custom") return refuseCustom(reading);
  readNames({ reading, template });
  readRoyalty(reading);
  readAddresses({ reading, template });
  readRefused(reading);
  if (chosen === undefined && found.second !== null) reading.refuse({ part: found.second.text, why: `One build makes one contract: a second one (${found.second.label}) needs a build of its own.` });
  takeStandards(reading);
  readPurposes(reading);
  readPhrases(reading);
  readDecimals(reading);
  if (template === "governor") readGovernance(reading);
  if (template === "vesting") readVesting(reading);
  readSupplies({ reading, template });
  readFlags(reading);
  readWhoBurns({ reading, text });
  readAccess(reading);
  if (template !== null) takeKindWords({ reading, template });
  if (isFungible(template) && reading.features.supply === undefined) readBareAmount(reading);
  readRecipient(reading);
  readLeftovers({ reading, template });
  override({ reading, features });
  if (template === null) {
    reading.problem({ field: "template", message: "What kind of contract shall it be? Say token, NFT collection, multi-token, stablecoin, DAO or vesting wallet, or choose a template." });
    return describe({ reading, template, spec: null });
  }
  return describe({ reading, template, spec: finishSpec({ reading, template }) });
}

const isFungible = (template: TemplateName | null) => template === "erc20" || template === "stablecoin" || template === "governor";

/** "Minted to me": the account that deploys. */
function readRecipient(reading: Reading): void {
  const taken = reading.take(/(?<![\p{L}])(?:(?:(?:they |it )?(?:must |should |shall |will |are |is )*(?:all )?(?:to )?be |all )?(?:pre-?minted|minted|mint|sent|send|given|give|allocated|assigned|going|go(?:es)?|issued)(?: (?:it|them|everything|all)(?: of (?:it|them))?)? )?to (?:me|the (?:deployer|creator|owner)|my (?:wallet|address|account)|deployer|owner|myself)(?: (?:at|on|upon) (?:launch|deployment|creation)| (?:when|once) (?:it is |it's |they are )?(?:deployed|launched|created))?(?![\p{L}])/iu);
  if (taken !== null && reading.features.recipient === undefined) reading.understand({ field: "recipient", value: "the deployer", text: taken.text });
}

/** What the form says replaces what the prompt says. */
function override({ reading, features }: { reading: Reading; features: ContractFeatures }): void {
  for (const [field, value] of Object.entries(features)) {
    const index = reading.understood.findIndex((one) => one.field === field);
    if (index >= 0) reading.understood.splice(index, 1);
    const problem = reading.problems.findIndex((one) => one.field === field);
    if (problem >= 0) reading.problems.splice(problem, 1);
    if (value !== undefined) reading.understood.push({ field: fieldOf(field), value: show(value), text: "chosen in the options" });
  }
  Object.assign(reading.features, features);
}

const fieldOf = (name: string): Understood["field"] => (isField(name) ? name : "without");
function isField(name: string): name is keyof ContractFeatures {
  return /^[a-z_]+$/.test(name);
}

function refuseCustom(reading: Reading): Understanding {
  reading.refuse({ part: "template custom", why: "A contract of one's own from a prompt needs a language model, and this installation has none configured. Give Solidity files instead, or choose another template." });
  return describe({ reading, template: "custom", spec: null });
}

function describe({ reading, template, spec }: { reading: Reading; template: TemplateName | null; spec: ContractSpec | null }): Understanding {
  const { understood, assumed, unsupported, problems } = reading;
  return { spec, template, understood, assumed, unsupported, problems };
}
