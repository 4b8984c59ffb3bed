"use client";

import { FileCode2, FileText, Fuel, ShieldCheck } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo } from "react";
import type { StartedBuild } from "~/components/builds/use-build-actions";
import { StatusIcon } from "~/components/status/status-icon";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "~/components/ui/tabs";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { FilesView } from "../files-view";
import { MissingNote } from "../missing-note";
import { AbiView } from "./abi-view";
import { AuditView } from "./audit/audit-view";
import { groupContractArtifacts } from "./contract-artifacts";
import { DeploymentsView } from "./deployments/deployments-view";
import { GasView } from "./gas-view";
import { SourceView } from "./source-view";

const VIEWS = ["source", "abi", "audit", "gas", "deployments", "files"] as const;

/** What a contract build made: read, judged, weighed and deployed. The open tab lives in the address. */
export function ContractPreview({ build, onDeploying }: { build: BuildDetail; onDeploying: (created: StartedBuild) => void }) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(VIEWS).withDefault("source"));
  const made = useMemo(() => groupContractArtifacts({ artifacts: build.artifacts }), [build.artifacts]);
  const deployment = build.stages.find((stage) => stage.key === "deployment");
  const open = (next: string) => void setView(VIEWS.find((each) => each === next) ?? null);
  return (
    <Tabs value={view} onValueChange={open} className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <TabsList aria-label="Preview" className="gap-2 px-3">
        <TabsTrigger value="source" className="px-1">Source</TabsTrigger>
        <TabsTrigger value="abi" className="px-1">ABI</TabsTrigger>
        <TabsTrigger value="audit" className="px-1">Audit</TabsTrigger>
        <TabsTrigger value="gas" className="px-1">Gas and size</TabsTrigger>
        <TabsTrigger value="deployments" className="px-1">
          Deployments
          {deployment?.status === "building" || deployment?.status === "failed" ? <StatusIcon decorative status={deployment.status} /> : null}
        </TabsTrigger>
        <TabsTrigger value="files" className="px-1">Files</TabsTrigger>
      </TabsList>
      <TabsContent value="source">
        {made.sources.length === 0 ? <MissingNote build={build} stage="code_generation" what="source" icon={FileCode2}>This build wrote no Solidity.</MissingNote> : <SourceView sources={made.sources} />}
      </TabsContent>
      <TabsContent value="abi">
        {made.abis.length === 0 ? <MissingNote build={build} stage="compilation" what="ABI" icon={FileText}>Nothing that was compiled has one.</MissingNote> : <AbiView build={build} made={made} />}
      </TabsContent>
      <TabsContent value="audit">
        {made.audit === null ? <MissingNote build={build} stage="security_audit" what="audit" icon={ShieldCheck}>This build was not audited.</MissingNote> : <AuditView key={made.audit.sha256} artifact={made.audit} />}
      </TabsContent>
      <TabsContent value="gas">
        {made.compiled === null ? <MissingNote build={build} stage="compilation" what="gas report" icon={Fuel}>Nothing was compiled.</MissingNote> : <GasView key={made.compiled.sha256} artifact={made.compiled} deployments={build.deployments} />}
      </TabsContent>
      <TabsContent value="deployments"><DeploymentsView build={build} onDeploying={onDeploying} /></TabsContent>
      <TabsContent value="files"><FilesView build={build} /></TabsContent>
    </Tabs>
  );
}
