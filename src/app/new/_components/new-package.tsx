"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import type { PackageKind } from "~/components/status/kind-icon";
import { KindChoice } from "./kind-choice";
import { NewContract } from "./contract/new-contract";
import { NewRelease } from "./new-release";

export interface NewPackageProps {
  /** What this server builds; for a release of a package, that package's kind alone. */
  kinds: readonly PackageKind[];
  workspaces: readonly string[];
  into: { workspace: string; name: string } | null;
}

const KIND = parseAsStringLiteral(["circuit", "contract", "python", "function", "project"] as const);
const FROM = parseAsStringLiteral(["prompt", "files"] as const).withDefault("prompt");

/** Chooses how a package is begun; what it is made of is asked by the form of its kind. The choice lives in the address. */
export function NewPackage({ kinds, workspaces, into }: NewPackageProps) {
  const [asked, setAsked] = useQueryStates({ kind: KIND, from: FROM });
  const offered = kinds.filter((kind) => kind === "circuit" || kind === "contract");
  const kind = offered.find((each) => each === asked.kind) ?? offered[0] ?? "circuit";
  const kindChoice = <KindChoice kinds={offered} kind={kind} onKind={(next) => void setAsked({ kind: next, from: null })} />;
  const common = { workspaces, into, kindChoice };
  if (kind === "contract" && asked.from === "prompt") return <NewContract {...common} onFiles={() => void setAsked({ from: "files" })} />;
  return <NewRelease key={kind} {...common} kind={kind} onPrompt={kind === "contract" ? () => void setAsked({ from: null }) : undefined} />;
}
