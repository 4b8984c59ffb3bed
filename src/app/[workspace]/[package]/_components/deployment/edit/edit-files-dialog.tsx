"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "~/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { CodeEditor } from "./code-editor";
import { listDraftChanges, listDraftFiles, setDraft, type Drafts } from "./draft-changes";
import { FileList } from "./file-list";

/** What most changes are made in. */
const ENTRY = /^index\.[jt]sx?$/;

export interface EditFilesDialogProps {
  releaseId: string;
  files: readonly { path: string; sha256: string }[];
  /** Where to begin; null while closed. */
  place: { file: string | null; line?: number } | null;
  onClose: () => void;
  onSaved: (created: { build_id: string; number: number; package: string }) => void;
}

/** Changes files of a release. Saving marks what they touch as stale and starts a build by itself. */
export function EditFilesDialog({ releaseId, files, place, onClose, onSaved }: EditFilesDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [drafts, setDrafts] = useState<Drafts>({});
  const [shown, setShown] = useState(place?.file ?? (files.find((file) => ENTRY.test(file.path)) ?? files[0])?.path ?? null);
  const { upsert, remove } = listDraftChanges({ drafts });
  const changes = upsert.length + remove.length;
  const paths = files.map((file) => file.path);
  const save = useMutation(
    trpc.releases.updateFiles.mutationOptions({
      onSuccess: (created) => {
        void queryClient.invalidateQueries({ queryKey: trpc.releases.pathKey() });
        toast.success(`Build #${created.number} has started`, { description: "What the change does not touch is reused." });
        onSaved(created);
      },
    }),
  );
  /** What is saved; for a file that is no text, or was not opened, something that no draft can say. */
  const savedText = (path: string) => {
    if (!paths.includes(path)) return undefined;
    return queryClient.getQueryData(trpc.releases.readFile.queryKey({ release_id: releaseId, path }))?.content ?? "\u0000";
  };
  const draft = (path: string, content: string | null) => setDrafts((before) => setDraft({ drafts: before, path, content, saved: savedText(path) }));
  const close = () => {
    if (changes === 0 || window.confirm(`Leave ${changes} unsaved ${changes === 1 ? "change" : "changes"}?`)) onClose();
  };
  const problem = save.error === null ? null : describeError(save.error);

  return (
    <Dialog open={place !== null} onOpenChange={(open) => !open && close()}>
      <DialogContent className="top-[5vh] h-[90vh] max-h-none max-w-5xl overflow-hidden">
        <DialogHeader className="border-b">
          <DialogTitle>Edit files</DialogTitle>
          <DialogDescription>Saving marks the stages that the change touches as stale and builds them again by itself.</DialogDescription>
        </DialogHeader>
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <FileList
            files={listDraftFiles({ saved: paths, drafts })}
            shown={shown}
            onShow={setShown}
            onAdd={(path) => {
              setDrafts((before) => ({ ...before, [path]: "" }));
              setShown(path);
            }}
            onRemove={(path) => draft(path, null)}
            onRestore={(path) => setDrafts(({ [path]: _undone, ...others }) => others)}
          />
          {shown === null ? <p className="p-6 text-sm text-muted">Add a file to begin.</p> : (
            <FileEditor key={shown} releaseId={releaseId} path={shown} isNew={!paths.includes(shown)} draft={drafts[shown]} line={place?.file === shown ? place.line : undefined} onChange={(content) => draft(shown, content)} />
          )}
        </div>
        {problem === null ? null : (
          <div role="alert" className="max-h-28 overflow-y-auto border-t bg-failed/5 px-5 py-2 text-sm text-failed">
            <p>{problem.message}</p>
            {problem.fields.map((field) => <p key={`${field.path}:${field.message}`} className="text-xs">{field.message}</p>)}
          </div>
        )}
        <DialogFooter className="items-center">
          <span role="status" className="mr-auto text-xs text-muted">{changes === 0 ? "Nothing changed yet" : `${changes} ${changes === 1 ? "file" : "files"} changed`}</span>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={changes === 0} busy={save.isPending} onClick={() => save.mutate({ release_id: releaseId, upsert, remove })}>Save and build</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

interface FileEditorProps {
  releaseId: string;
  path: string;
  isNew: boolean;
  draft: string | null | undefined;
  line: number | undefined;
  onChange: (content: string) => void;
}

function FileEditor({ releaseId, path, isNew, draft, line, onChange }: FileEditorProps) {
  const trpc = useTRPC();
  const { data, error, refetch, isFetching } = useQuery(trpc.releases.readFile.queryOptions({ release_id: releaseId, path }, { enabled: !isNew }));
  if (draft === null) return <p className="p-6 text-sm text-muted">{path} will be removed when you save.</p>;
  if (error !== null) return <ErrorState className="flex-1" title={`${path} could not be read`} message={describeError(error).message} safe="Your other changes are kept." onRetry={() => void refetch()} retrying={isFetching} />;
  if (!isNew && data === undefined) return <div className="flex flex-1 flex-col gap-2 p-4"><Skeleton className="h-4 w-1/2" /><Skeleton className="h-4 w-2/3" /><Skeleton className="h-4 w-1/3" /></div>;
  if (!isNew && data?.content === null) return <p className="p-6 text-sm text-muted">{path} is not a text, so it can’t be edited here.</p>;
  return <CodeEditor label={`Content of ${path}`} value={draft ?? data?.content ?? ""} onChange={onChange} {...(line !== undefined && { line })} />;
}
