"use client";

import { useMutation } from "@tanstack/react-query";
import { MessageSquareText } from "lucide-react";
import { useRouter } from "next/navigation";
import { useReducer, useState, type ReactNode } from "react";
import { ChainPicker, describeChainProblem, NO_CHAINS, useChains, type ChainChoice } from "~/components/chains/chain-picker";
import { Page, PageHeader } from "~/components/shell/page";
import { Button } from "~/components/ui/button";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { checkRelease, hasProblems, type FilesKind } from "../_intake/check-release";
import { collectFiles, type OfferedFile } from "../_intake/collect-files";
import { encodeFiles } from "../_intake/encode-files";
import { createTextFile } from "../_intake/intake-file";
import { changeDraft, findFreePath, startDraft } from "./draft";
import { DropZone } from "./drop-zone";
import { FileWorkbench } from "./file-workbench";
import { ReleaseForm } from "./release-form";
import { STARTERS } from "./starters";
import { useProblemFocus } from "./use-problem-focus";

export interface NewReleaseProps {
  /** Where I may make packages; the first is the default. */
  workspaces: readonly string[];
  /** A package that exists, to add a release to. */
  into: { workspace: string; name: string } | null;
  kind: FilesKind;
  /** The choice of the kind, shown above the form. */
  kindChoice: ReactNode;
  /** For a contract: words instead of files. */
  onPrompt?: () => void;
}

export function NewRelease({ workspaces, into, kind, kindChoice, onPrompt }: NewReleaseProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [draft, dispatch] = useReducer(changeDraft, { name: into?.name ?? "" }, startDraft);
  const [workspace, setWorkspace] = useState(into?.workspace ?? workspaces[0] ?? "");
  const [visibility, setVisibility] = useState<"private" | "public">("private");
  const [reading, setReading] = useState(false);
  const [tried, setTried] = useState(false);
  const { form, focusProblem } = useProblemFocus();
  const [choice, setChoice] = useState<ChainChoice>(NO_CHAINS);
  const { chains = [], chosen } = useChains({ workspace, choice });
  const chainProblem = kind === "contract" ? describeChainProblem({ chains, chosen, choice }) : undefined;
  const problems = checkRelease({ kind, ...draft });
  const create = useMutation(trpc.builds.create.mutationOptions({ onSuccess: (build) => router.push(`/${build.package}/builds/${build.number}`) }));

  async function take(offered: Promise<OfferedFile[]>) {
    setReading(true);
    try {
      const { files, problems: refused, ignored, folder } = await collectFiles({ offered: await offered });
      dispatch({ type: "add", files, refused, ignored, folder });
    } catch {
      toast.error("The files could not be read", { description: "They may have been moved or changed meanwhile. Choose them again." });
    } finally {
      setReading(false);
    }
  }

  function addFile() {
    const { first, next, text } = STARTERS[kind];
    const wanted = draft.files.length === 0 ? first : next;
    const path = findFreePath({ files: draft.files, wanted });
    dispatch({ type: "add", files: [createTextFile({ path, text: draft.files.length === 0 ? text : "" })], refused: [], ignored: draft.ignored, folder: null });
    dispatch({ type: "open", path });
  }

  function build() {
    setTried(true);
    if (hasProblems(problems) || chainProblem !== undefined) return focusProblem();
    if (create.isPending) return;
    create.mutate({
      kind,
      ...(kind === "contract" ? { options: { chains: chosen, confirm_mainnet: choice.confirmed.filter((id) => chosen.includes(id)) } } : {}),
      package: `${workspace}/${draft.name}`,
      visibility,
      ...(draft.version === "" ? {} : { version: draft.version }),
      files: encodeFiles({ files: draft.files }),
    });
  }

  return (
    <Page>
      <PageHeader
        title={into === null ? "New package" : `New release of ${into.workspace}/${into.name}`}
        description="Push files; they become a release, and its build starts at once."
        actions={
          <>
            {draft.files.length > 0 ? <Button variant="ghost" onClick={() => dispatch({ type: "clear" })}>Start over</Button> : null}
            {onPrompt === undefined ? null : <Button onClick={onPrompt}><MessageSquareText aria-hidden />Describe it instead</Button>}
          </>
        }
      />
      {kindChoice}
      <div ref={form} className="grid min-w-0 grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <DropZone onOffer={(offered) => void take(offered)} onPaste={addFile} busy={reading} compact={draft.files.length > 0} />
          {draft.files.length > 0 ? <FileWorkbench draft={draft} dispatch={dispatch} problems={problems.files} /> : null}
        </div>
        <ReleaseForm
          workspaces={workspaces}
          workspace={workspace}
          onWorkspace={setWorkspace}
          name={draft.name}
          exampleName={STARTERS[kind].name}
          onName={(name) => dispatch({ type: "name", name })}
          version={draft.version}
          onVersion={(version) => dispatch({ type: "version", version })}
          visibility={visibility}
          onVisibility={setVisibility}
          problems={problems}
          showAll={tried}
          refused={draft.refused}
          formProblem={create.isError ? describeServerProblem({ error: create.error, paths: draft.files.map((file) => file.path) }) : undefined}
          busy={create.isPending || create.isSuccess}
          onBuild={build}
        >
          {kind === "contract" ? <ChainPicker workspace={workspace} choice={choice} onChoice={setChoice} problem={tried ? chainProblem : undefined} /> : null}
        </ReleaseForm>
      </div>
    </Page>
  );
}

/** The server counts files; a person knows them by their paths. */
function describeServerProblem({ error, paths }: { error: unknown; paths: readonly string[] }): string {
  const { message, fields } = describeError(error);
  const [first] = fields;
  const index = /^files\.(\d+)\./.exec(first?.path ?? "")?.[1];
  const path = index === undefined ? undefined : paths[Number(index)];
  return first === undefined || path === undefined ? message : `${path} ${first.message}`;
}
