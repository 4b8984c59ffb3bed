"use client";

import { useMutation } from "@tanstack/react-query";
import { FileCode2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { ChainPicker, describeChainProblem, NO_CHAINS, useChains, type ChainChoice } from "~/components/chains/chain-picker";
import { Page, PageHeader } from "~/components/shell/page";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Textarea } from "~/components/ui/input";
import { MAX_PROMPT, MIN_PROMPT } from "~/domain/prompt-bounds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { checkName, checkVersion, toPackageName } from "../../_intake/check-release";
import { ReleaseForm } from "../release-form";
import { STARTERS } from "../starters";
import { useProblemFocus } from "../use-problem-focus";
import { FeatureToggles } from "./feature-toggles";
import { TemplateCards } from "./template-cards";
import { UnderstandingChips } from "./understanding";
import { useUnderstanding, type Features, type Template, type Understanding } from "./use-understanding";

const IDEA = "Create an ERC-20 token called HyperKit with 1 billion supply, mintable and pausable";

export interface NewContractProps {
  workspaces: readonly string[];
  into: { workspace: string; name: string } | null;
  kindChoice: ReactNode;
  /** Solidity files instead of words. */
  onFiles: () => void;
}

/** A contract in words: what is typed is read at once, and what was made of it is shown. */
export function NewContract({ workspaces, into, kindChoice, onFiles }: NewContractProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [prompt, setPrompt] = useState("");
  const [template, setTemplate] = useState<Template | null>(null);
  const [features, setFeatures] = useState<Features>({});
  const [choice, setChoice] = useState<ChainChoice>(NO_CHAINS);
  const [workspace, setWorkspace] = useState(into?.workspace ?? workspaces[0] ?? "");
  const [typedName, setTypedName] = useState<string | null>(into?.name ?? null);
  const [version, setVersion] = useState("");
  const [visibility, setVisibility] = useState<"private" | "public">("private");
  const [tried, setTried] = useState(false);
  const { form, focusProblem } = useProblemFocus();
  const { understanding, pending } = useUnderstanding({ prompt, template, features });
  const { chains = [], chosen } = useChains({ workspace, choice });
  const create = useMutation(trpc.builds.create.mutationOptions({ onSuccess: (build) => router.push(`/${build.package}/builds/${build.number}`) }));

  const name = typedName ?? suggestName(understanding);
  const promptProblem = describePromptProblem({ prompt, understanding });
  const chainProblem = describeChainProblem({ chains, chosen, choice });
  const problems = { name: checkName(name), version: checkVersion(version), files: [] };

  function build() {
    setTried(true);
    if (promptProblem !== undefined || chainProblem !== undefined || problems.name !== null || problems.version !== null) return focusProblem();
    if (create.isPending) return;
    create.mutate({
      prompt,
      chains: chosen,
      confirm_mainnet: choice.confirmed.filter((id) => chosen.includes(id)),
      options: features,
      package: `${workspace}/${name}`,
      visibility,
      ...(template === null ? {} : { template }),
      ...(version === "" ? {} : { version }),
    });
  }

  return (
    <Page>
      <PageHeader
        title={into === null ? "New contract" : `New release of ${into.workspace}/${into.name}`}
        description="Say what it shall be; it is written, compiled, audited and deployed."
        actions={<Button onClick={onFiles}><FileCode2 aria-hidden />Solidity files instead</Button>}
      />
      {kindChoice}
      <div ref={form} className="grid min-w-0 grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Field label="What shall it be?" error={tried ? promptProblem : null} hint={`${prompt.length.toLocaleString("en")} of ${MAX_PROMPT.toLocaleString("en")} characters`}>
            {(control) => <Textarea {...control} value={prompt} maxLength={MAX_PROMPT} placeholder={IDEA} onChange={(event) => setPrompt(event.target.value)} className="min-h-28 text-base" />}
          </Field>
          {understanding === undefined ? <Button variant="ghost" size="sm" className="-mt-3 -ml-2.5 self-start" onClick={() => setPrompt(IDEA)}>Try the example</Button> : <UnderstandingChips understanding={understanding} pending={pending} />}
          <TemplateCards template={template} onTemplate={setTemplate} />
          <FeatureToggles understanding={understanding} features={features} onFeatures={setFeatures} />
        </div>
        <ReleaseForm
          workspaces={workspaces}
          workspace={workspace}
          onWorkspace={setWorkspace}
          name={name}
          exampleName={STARTERS.contract.name}
          onName={(next) => setTypedName(next === "" ? null : next)}
          version={version}
          onVersion={setVersion}
          visibility={visibility}
          onVisibility={setVisibility}
          problems={problems}
          showAll={tried}
          refused={[]}
          formProblem={create.isError ? describeError(create.error).message : undefined}
          busy={create.isPending || create.isSuccess}
          onBuild={build}
        >
          <ChainPicker workspace={workspace} choice={choice} onChoice={setChoice} problem={tried ? chainProblem : undefined} />
        </ReleaseForm>
      </div>
    </Page>
  );
}

/** The contract's own name, as a package may be called; also where something else in the prompt can't be done yet. */
function suggestName(understanding: Understanding | undefined): string {
  const spec = understanding?.spec;
  const name = spec != null && "name" in spec ? spec.name : understanding?.understood.find(({ field }) => field === "name")?.value;
  return name === undefined ? "" : (toPackageName(name) ?? "");
}

function describePromptProblem({ prompt, understanding }: { prompt: string; understanding: Understanding | undefined }): string | undefined {
  if (prompt.trim().length < MIN_PROMPT) return `Say in at least ${MIN_PROMPT} characters what the contract shall be.`;
  const [unsupported] = understanding?.unsupported ?? [];
  if (unsupported !== undefined) return `“${unsupported.part}” can't be done: ${unsupported.why}`;
  return understanding?.problems[0]?.message;
}
