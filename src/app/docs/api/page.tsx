import { FileJson } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { Page, PageHeader } from "~/components/shell/page";
import { Button } from "~/components/ui/button";
import { Card, CardContent } from "~/components/ui/card";
import { ErrorState } from "~/components/ui/error-state";
import { findApiDocument } from "~/trpc/api-bridge";
import { ErrorCodes } from "./_components/error-codes";
import { OperationSection } from "./_components/operation-section";
import { ReferenceSearch, Searchable, SearchBox } from "./_components/reference-search";
import { RevealTarget } from "./_components/reveal-target";
import { TokenField, TokenProvider } from "./_components/token-card";
import { Words } from "./_components/words";

export const metadata: Metadata = { title: "API reference" };

export default async function ApiReferencePage() {
  const document = findApiDocument();
  if (document === null) return <Page><ErrorState title="The API's document can't be shown" message="The pages run without the Slipway server, which writes it." /></Page>;
  const asked = await headers();
  const origin = `${asked.get("x-forwarded-proto") ?? "http"}://${asked.get("host") ?? "localhost:3000"}`;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation, text: `${method} ${path} ${operation.operationId} ${operation.summary} ${operation.description}` })),
  );
  const groups = document.tags
    .map((tag) => ({ ...tag, operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)) }))
    .filter((group) => group.operations.length > 0);
  return (
    <ReferenceSearch>
      <TokenProvider>
        <RevealTarget />
        <Page>
          <PageHeader
            title="API reference"
            description="Everything that these pages can do, scripts can do too."
            actions={<Button asChild><a href="/api/openapi.json"><FileJson aria-hidden />OpenAPI 3.1</a></Button>}
          />
          <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
            <nav aria-label="Groups of operations" className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:sticky lg:top-16 lg:flex-col">
              {groups.map(({ name }) => <a key={name} href={`#${anchorOf(name)}`} className="text-muted hover:text-foreground">{name}</a>)}
              <a href="#errors" className="text-muted hover:text-foreground">Errors</a>
            </nav>
            <div className="flex min-w-0 flex-col gap-6">
              <Card aria-label="How to ask">
                <CardContent className="flex flex-col gap-4">
                  {document.info.description.split("\n\n").map((paragraph) => <p key={paragraph} className="text-sm text-pretty"><Words text={paragraph} /></p>)}
                  <div className="grid gap-4 sm:grid-cols-2"><TokenField /><SearchBox texts={operations.map(({ text }) => text)} /></div>
                </CardContent>
              </Card>
              {groups.map((group) => (
                <Searchable key={group.name} texts={group.operations.map(({ text }) => text)} className="min-w-0">
                  <section aria-labelledby={anchorOf(group.name)} className="flex min-w-0 flex-col gap-2">
                    <h2 id={anchorOf(group.name)} className="scroll-mt-16 text-base font-semibold">{group.name}</h2>
                    <p className="text-sm text-muted">{group.description}</p>
                    {group.operations.map(({ text, ...operation }) => (
                      <Searchable key={operation.operation.operationId} texts={[text]} className="min-w-0"><OperationSection {...operation} document={document} origin={origin} /></Searchable>
                    ))}
                  </section>
                </Searchable>
              ))}
              <ErrorCodes codes={document["x-error-codes"]} />
            </div>
          </div>
        </Page>
      </TokenProvider>
    </ReferenceSearch>
  );
}

function anchorOf(tag: string): string {
  return `tag-${tag.toLowerCase().replace(/\W+/g, "-")}`;
}
