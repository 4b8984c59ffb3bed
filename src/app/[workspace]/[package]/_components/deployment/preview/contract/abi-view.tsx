"use client";

import { useState, type ReactNode } from "react";
import { CopyButton } from "~/components/ui/copy-button";
import { ErrorState } from "~/components/ui/error-state";
import type { ArtifactView, BuildDetail, DeploymentView } from "~/server/api/schemas/builds";
import { PREVIEW_HEIGHT, PreviewSkeleton } from "../preview-frame";
import { abiSchema, describeType, groupAbi, type Abi, type AbiItem } from "./abi";
import { AbiRead } from "./abi-read";
import type { ContractArtifacts } from "./contract-artifacts";
import { PreviewScroll } from "./preview-scroll";
import { useArtifactJson } from "./use-artifact-json";

/** What can be asked of each contract and told to it. What is deployed can be asked right here. */
export function AbiView({ build, made }: { build: BuildDetail; made: ContractArtifacts }) {
  const deployed = build.deployments.filter((lane) => lane.address !== null && lane.status === "successful");
  const main = deployed[0]?.contract ?? mainContract(build);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = made.abis.find(({ contract }) => contract === chosen) ?? made.abis.find(({ contract }) => contract === main) ?? made.abis[0];
  if (shown === undefined) return null;
  return (
    <Interface key={shown.artifact.sha256} artifact={shown.artifact} contract={shown.contract} buildId={build.build_id} lanes={deployed.filter((lane) => lane.contract === shown.contract)}>
      {made.abis.length === 1 ? (
        <h2 className="text-sm font-semibold">{shown.contract}</h2>
      ) : (
        <select aria-label="Contract" value={shown.contract} onChange={(event) => setChosen(event.target.value)} className="h-8 max-w-full min-w-0 rounded-md border border-border-strong/70 bg-surface px-1.5 text-sm max-sm:text-[16px]">
          {made.abis.map(({ contract }) => <option key={contract} value={contract}>{contract}</option>)}
        </select>
      )}
    </Interface>
  );
}

/** The compiler's report names what is to be deployed. */
function mainContract(build: BuildDetail): string | undefined {
  const primary = build.stages.find((stage) => stage.key === "compilation")?.report?.facts.primary;
  return typeof primary === "string" ? primary : undefined;
}

interface InterfaceProps {
  artifact: ArtifactView;
  contract: string;
  buildId: string;
  /** Where it is deployed. */
  lanes: readonly DeploymentView[];
  children: ReactNode;
}

function Interface({ artifact, contract, buildId, lanes, children }: InterfaceProps) {
  const { value, problem, retry, retrying } = useArtifactJson<Abi>({ artifact, schema: abiSchema });
  const [chosenChain, setChain] = useState<number | null>(null);
  const lane = lanes.find((each) => each.chain_id === chosenChain) ?? lanes[0];
  if (problem !== null) return <ErrorState className={PREVIEW_HEIGHT} title="The ABI could not be loaded" message={problem} safe="The file is kept; it is in the Download menu as well." onRetry={retry} retrying={retrying} />;
  if (value === undefined) return <PreviewSkeleton label="Loading the ABI…" />;
  const { read, write, events, errors } = groupAbi({ abi: value });
  return (
    <PreviewScroll label={`ABI of ${contract}`} className="flex flex-col gap-5 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {children}
        {lane === undefined ? (
          <p className="text-xs text-muted">Not deployed by this build: there is nothing to ask yet.</p>
        ) : (
          <label className="flex min-w-0 items-center gap-2 text-xs text-muted">
            Ask on
            <select value={lane.chain_id} onChange={(event) => setChain(Number(event.target.value))} className="h-8 max-w-44 min-w-0 rounded-md border border-border-strong/70 bg-surface px-1.5 text-sm text-foreground max-sm:text-[16px]">
              {lanes.map((each) => <option key={each.chain_id} value={each.chain_id}>{each.chain_name}</option>)}
            </select>
          </label>
        )}
        <CopyButton text={JSON.stringify(value, null, 2)} what="ABI" label="Copy ABI" className="ml-auto" />
      </div>
      <Section title="Read" note="Asks the chain; costs nothing." items={read}>
        {(item) => <AbiRead key={`${lane?.chain_id} ${item.signature}`} item={item} buildId={buildId} chainId={lane?.chain_id ?? null} />}
      </Section>
      <Section title="Write" note="Changes the chain: done from a wallet, not from here." items={write}>
        {(item) => <Signature item={item} badge={item.payable ? "payable" : null} />}
      </Section>
      <Section title="Events" note="What it tells the chain." items={events}>{(item) => <Signature item={item} badge={null} />}</Section>
      <Section title="Errors" note="Why it refuses." items={errors}>{(item) => <Signature item={item} badge={null} />}</Section>
    </PreviewScroll>
  );
}

function Section({ title, note, items, children }: { title: string; note: string; items: readonly AbiItem[]; children: (item: AbiItem) => ReactNode }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h3 className="text-sm font-semibold">{title} <span className="font-normal text-muted">{items.length}</span></h3>
      <p className="text-xs text-muted">{note}</p>
      <ul className="flex flex-col divide-y rounded-md border">{items.map((item) => <li key={item.signature} className="min-w-0 px-3 py-2">{children(item)}</li>)}</ul>
    </section>
  );
}

function Signature({ item, badge }: { item: AbiItem; badge: string | null }) {
  return (
    <div className="flex items-start gap-2">
      <code className="min-w-0 flex-1 text-xs leading-5 break-words">
        <span className="font-semibold">{item.name}</span>
        <span className="text-muted">({item.inputs.map((input) => [describeType(input), input.indexed === true ? "indexed" : "", input.name ?? ""].filter(Boolean).join(" ")).join(", ")})</span>
        {badge === null ? null : <span className="text-stale"> {badge}</span>}
      </code>
      <CopyButton text={item.signature} what={`signature of ${item.name}`} />
    </div>
  );
}
