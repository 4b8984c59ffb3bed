"use client";

import { Fuel } from "lucide-react";
import { Badge } from "~/components/ui/badge";
import { ErrorState } from "~/components/ui/error-state";
import { Progress } from "~/components/ui/progress";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "~/components/ui/table";
import { compiledSchema, GAS_UNBOUNDED, type CompiledContract } from "~/pipelines/contract/deployable";
import type { ArtifactView, DeploymentView } from "~/server/api/schemas/builds";
import { PREVIEW_HEIGHT, PreviewNote, PreviewSkeleton } from "../preview-frame";
import { groupDigits, shortenCoins } from "./format-number";
import { PreviewScroll } from "./preview-scroll";
import { useArtifactJson } from "./use-artifact-json";

/** How large the contracts are, against what a chain takes, and what they cost to deploy and to call. */
export function GasView({ artifact, deployments }: { artifact: ArtifactView; deployments: readonly DeploymentView[] }) {
  const { value, problem, retry, retrying } = useArtifactJson({ artifact, schema: compiledSchema });
  if (problem !== null) return <ErrorState className={PREVIEW_HEIGHT} title="The figures could not be loaded" message={problem} safe="The file is kept; it is in the Download menu as well." onRetry={retry} retrying={retrying} />;
  if (value === undefined) return <PreviewSkeleton label="Loading the figures…" />;
  const contracts = value.contracts.filter((contract) => contract.deployable).sort((a, b) => Number(b.name === value.primary) - Number(a.name === value.primary) || a.name.localeCompare(b.name, "en"));
  if (contracts.length === 0) return <PreviewNote icon={Fuel} title="Nothing to deploy">There are interfaces, libraries without code or abstract contracts alone.</PreviewNote>;
  const paid = deployments.filter((lane) => lane.gas_used !== null);
  return (
    <PreviewScroll label="Gas and size" className="flex flex-col">
      <p className="border-b px-4 py-2 text-xs text-muted">
        solc {value.compiler} for {value.evm_version}, {value.optimizer.enabled ? `optimized for ${groupDigits(String(value.optimizer.runs))} runs` : "not optimized"}. Gas is the compiler’s upper bound; it finds none where loops or text are involved.
      </p>
      {contracts.map((contract) => <ContractFigures key={`${contract.file} ${contract.name}`} contract={contract} primary={contract.name === value.primary} paid={contract.name === value.primary ? paid : []} />)}
    </PreviewScroll>
  );
}

function ContractFigures({ contract, primary, paid }: { contract: CompiledContract; primary: boolean; paid: readonly DeploymentView[] }) {
  const methods = Object.entries(contract.gas.methods).sort(([, a], [, b]) => weigh(b) - weigh(a));
  return (
    <section aria-label={contract.name} className="flex flex-col gap-3 border-b py-4 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2 px-4">
        <h2 className="text-sm font-semibold">{contract.name}</h2>
        {primary ? <Badge tone="accent">{paid.length === 0 ? "to be deployed" : "deployed"}</Badge> : null}
        <span className="min-w-0 truncate font-mono text-xs text-muted">{contract.file}</span>
      </div>
      <div className="grid grid-cols-1 gap-x-8 gap-y-3 px-4 sm:grid-cols-2">
        <Size title="Code" rule="EIP-170" bytes={contract.size_bytes} limit={contract.size_limit} />
        <Size title="Deployment code" rule="EIP-3860" bytes={contract.initcode_bytes} limit={contract.initcode_limit} />
      </div>
      <dl className="flex flex-col gap-1 px-4 text-sm">
        <div className="flex flex-wrap gap-x-3">
          <dt className="text-muted">Deploying</dt>
          <dd className="tabular-nums">{describeDeployment(contract.gas)}</dd>
        </div>
        {paid.map((lane) => (
          <div key={lane.chain_id} className="flex flex-wrap gap-x-3">
            <dt className="text-muted">Paid on {lane.chain_name}</dt>
            <dd className="tabular-nums">{groupDigits(String(lane.gas_used))} gas{lane.cost === null ? "" : ` · ${shortenCoins(lane.cost)} ${lane.unit}`}</dd>
          </div>
        ))}
      </dl>
      {methods.length === 0 ? null : (
        <Table aria-label={`Gas of the methods of ${contract.name}`}>
          <TableHead><TableRow><TableHeaderCell>Method</TableHeaderCell><TableHeaderCell className="text-right">Gas</TableHeaderCell></TableRow></TableHead>
          <TableBody>
            {methods.map(([signature, gas]) => (
              <TableRow key={signature}>
                <TableCell className="py-1 font-mono text-xs break-all">{signature}</TableCell>
                <TableCell className={gas === GAS_UNBOUNDED ? "py-1 text-right whitespace-nowrap text-muted" : "py-1 text-right whitespace-nowrap tabular-nums"}>{showGas(gas)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
}

function Size({ title, rule, bytes, limit }: { title: string; rule: string; bytes: number; limit: number }) {
  const percent = (100 * bytes) / limit;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-3 text-sm">
        <span>{title} <span className="text-xs text-muted">{rule}</span></span>
        <span className={percent > 100 ? "text-failed tabular-nums" : "tabular-nums"}>{groupDigits(String(bytes))} <span className="text-muted">of {groupDigits(String(limit))} bytes, {Math.round(percent)}%</span></span>
      </p>
      <Progress value={percent} label={`${title}: share of what ${rule} allows`} className="h-1.5" />
    </div>
  );
}

/** Older builds do not say whether the figure is a bound: "about" promises no more than any of them. */
function describeDeployment({ deployment, deployment_is_lower_bound: isLeast }: CompiledContract["gas"]): string {
  if (deployment === null) return "unknown";
  return deployment === GAS_UNBOUNDED ? showGas(deployment) : `${isLeast === true ? "at the least" : "about"} ${showGas(deployment)} gas`;
}

function showGas(gas: string): string {
  return gas === GAS_UNBOUNDED ? "no bound" : groupDigits(gas);
}

/** What the compiler found no bound for comes last: it says least. */
function weigh(gas: string): number {
  return gas === GAS_UNBOUNDED ? -1 : Number(gas);
}
