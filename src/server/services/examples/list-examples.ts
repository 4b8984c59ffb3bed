/** Packages that a first visit builds with one click. */
import type { PackageKind } from "../../db/generated/client";
import { ledMatrix } from "./led-matrix";
import { ledResistor } from "./led-resistor";
import { timerBlinker } from "./timer-blinker";

export interface Example {
  /** Also the name of the package it makes. */
  slug: string;
  title: string;
  description: string;
  kind: PackageKind;
  /** Path → text. */
  files: Readonly<Record<string, string>>;
}

const EXAMPLES: readonly Example[] = [ledResistor, timerBlinker, ledMatrix];

export function listExamples(): readonly Example[] {
  return EXAMPLES;
}
