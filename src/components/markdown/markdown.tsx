import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { cn } from "~/components/ui/class-names";

/**
 * Someone else's markdown: raw HTML is dropped by the renderer, links are only to http, https and mailto, pictures are
 * shown as links (a foreign picture would tell its server who reads), and headings go below those of the page.
 */
const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className="mt-6 mb-2 text-lg font-semibold first:mt-0">{children}</h3>,
  h2: ({ children }) => <h4 className="mt-5 mb-2 border-b pb-1 text-base font-semibold first:mt-0">{children}</h4>,
  h3: ({ children }) => <h5 className="mt-4 mb-1.5 text-base font-semibold first:mt-0">{children}</h5>,
  h4: ({ children }) => <h6 className="mt-4 mb-1 text-sm font-semibold">{children}</h6>,
  h5: ({ children }) => <h6 className="mt-4 mb-1 text-sm font-semibold">{children}</h6>,
  p: ({ children }) => <p className="my-2.5 first:mt-0 last:mb-0">{children}</p>,
  a: ({ href, children }) =>
    isOutside(href) ? <a href={href} rel="noopener noreferrer nofollow ugc" target="_blank" className="font-medium text-accent underline underline-offset-3">{children}</a> : <span>{children}</span>,
  img: ({ src, alt }) => {
    const name = alt === undefined || alt === "" ? "Picture" : alt;
    return typeof src === "string" && isOutside(src) ? <a href={src} rel="noopener noreferrer nofollow ugc" target="_blank" className="text-accent underline underline-offset-3">{name}</a> : <span className="text-muted">[{name}]</span>;
  },
  ul: ({ children }) => <ul className="my-2.5 list-disc pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="my-2.5 list-decimal pl-5">{children}</ol>,
  blockquote: ({ children }) => <blockquote className="my-2.5 border-l-2 border-border-strong pl-3 text-muted">{children}</blockquote>,
  hr: () => <hr className="my-5" />,
  pre: ({ children }) => <pre tabIndex={0} className="my-3 overflow-x-auto rounded-md border bg-surface-muted p-3 font-mono text-xs leading-5 [&_code]:bg-transparent [&_code]:p-0">{children}</pre>,
  code: ({ children }) => <code className="rounded-sm bg-surface-muted px-1 py-0.5 font-mono text-[0.9em] break-words">{children}</code>,
  table: ({ children }) => <div tabIndex={0} role="region" aria-label="Table" className="my-3 overflow-x-auto"><table className="border-collapse text-sm">{children}</table></div>,
  th: ({ children }) => <th className="border px-2.5 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border px-2.5 py-1">{children}</td>,
};

function isOutside(href: string | undefined): boolean {
  return href !== undefined && /^(?:https?:\/\/|mailto:)/i.test(href);
}

export function SafeMarkdown({ text, className }: { text: string; className?: string }) {
  return (
    <div className={cn("min-w-0 text-base break-words", className)}>
      <Markdown remarkPlugins={[remarkGfm]} components={COMPONENTS} skipHtml>{text}</Markdown>
    </div>
  );
}
