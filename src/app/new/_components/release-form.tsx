"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, Hammer } from "lucide-react";
import type { ReactNode } from "react";
import { useSettled } from "~/components/builds-table/use-settled";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Card, CardContent, CardFooter } from "~/components/ui/card";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "~/components/ui/select";
import { useTRPC } from "~/trpc/client";
import type { ReleaseProblems } from "../_intake/check-release";
import type { IntakeProblem } from "../_intake/intake-file";

export interface ReleaseFormProps {
  workspaces: readonly string[];
  workspace: string;
  onWorkspace: (slug: string) => void;
  name: string;
  /** Shown where no name is yet, as the kind would call its packages. */
  exampleName: string;
  onName: (name: string) => void;
  version: string;
  onVersion: (version: string) => void;
  visibility: "private" | "public";
  onVisibility: (visibility: "private" | "public") => void;
  problems: ReleaseProblems;
  /** Problems of fields that nobody has touched yet are kept back until the first press. */
  showAll: boolean;
  refused: readonly IntakeProblem[];
  /** What the server said. */
  formProblem: string | undefined;
  busy: boolean;
  onBuild: () => void;
  /** What comes before the name, such as the kind. */
  children?: ReactNode;
}

export function ReleaseForm(props: ReleaseFormProps) {
  const { workspaces, workspace, name, version, visibility, problems, showAll, refused } = props;
  const exists = usePackageExists({ workspace, name: problems.name === null ? name : "" });
  return (
    <Card aria-label="Release" className="h-fit">
      <CardContent className="flex flex-col gap-4">
        {props.children}
        {workspaces.length > 1 ? (
          <Field label="Workspace">
            {(control) => (
              <Select value={workspace} onValueChange={props.onWorkspace}>
                <SelectTrigger {...control}><SelectValue /></SelectTrigger>
                <SelectContent>{workspaces.map((slug) => <SelectItem key={slug} value={slug}>{slug}</SelectItem>)}</SelectContent>
              </Select>
            )}
          </Field>
        ) : null}
        <Field label="Package name" error={showAll || name !== "" ? problems.name : null} hint={exists ? `Adds a release to ${workspace}/${name}.` : `Will be ${workspace}/${name === "" ? "name" : name}.`}>
          {(control) => <Input {...control} value={name} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder={props.exampleName} onChange={(event) => props.onName(event.target.value)} />}
        </Field>
        <Field label="Version" error={problems.version} hint="Empty: counts on from the last one.">
          {(control) => <Input {...control} value={version} autoComplete="off" spellCheck={false} placeholder="next" onChange={(event) => props.onVersion(event.target.value)} />}
        </Field>
        {exists ? null : (
          <Field label="Visibility" hint={visibility === "public" ? "Everyone who reaches this server sees it." : "Only members of the workspace see it."}>
            {(control) => (
              <Select value={visibility} onValueChange={(value) => props.onVisibility(value === "public" ? "public" : "private")}>
                <SelectTrigger {...control}><SelectValue /></SelectTrigger>
                <SelectContent><SelectItem value="private">Private</SelectItem><SelectItem value="public">Public</SelectItem></SelectContent>
              </Select>
            )}
          </Field>
        )}
        <ProblemList problems={[...refused, ...(showAll || name !== "" ? problems.files : [])]} />
        <FormProblem message={props.formProblem} />
      </CardContent>
      <CardFooter>
        <Button variant="primary" size="lg" className="w-full" busy={props.busy} onClick={props.onBuild}>{props.busy ? null : <Hammer aria-hidden />}Build</Button>
      </CardFooter>
    </Card>
  );
}

function ProblemList({ problems }: { problems: readonly IntakeProblem[] }) {
  return (
    <ul role="status" className="flex flex-col gap-1.5 empty:hidden">
      {problems.slice(0, 8).map((problem) => (
        <li key={`${problem.path} ${problem.message}`} className="flex items-start gap-1.5 text-xs text-failed">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          <span className="min-w-0 break-words">{problem.path === "" ? null : <code className="font-medium">{problem.path} </code>}{problem.message}</span>
        </li>
      ))}
      {problems.length > 8 ? <li className="text-xs text-failed">and {problems.length - 8} more</li> : null}
    </ul>
  );
}

/** Whether the build will add to a package or make one. */
function usePackageExists({ workspace, name }: { workspace: string; name: string }): boolean {
  const trpc = useTRPC();
  const settled = useSettled({ value: name, afterMs: 250 });
  const query = useQuery(trpc.packages.list.queryOptions({ workspace, q: settled, limit: 20 }, { enabled: settled !== "" && workspace !== "" }));
  return settled === name && query.data?.packages.some((each) => each.package === `${workspace}/${name}`) === true;
}
