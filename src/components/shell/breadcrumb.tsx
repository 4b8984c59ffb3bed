import Link from "next/link";
import { Fragment } from "react";

export interface Crumb {
  label: string;
  /** Left out for the page itself. */
  href?: string;
}

/** Where this page is: `ada / blinky / builds / #12`. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-muted">
        {crumbs.map((crumb, index) => (
          <Fragment key={`${crumb.label}-${index}`}>
            {index > 0 ? <li aria-hidden className="text-border-strong select-none">/</li> : null}
            <li className="min-w-0 truncate">
              {crumb.href === undefined ? (
                <span aria-current="page" className="text-foreground">{crumb.label}</span>
              ) : (
                <Link href={crumb.href} className="rounded-sm hover:text-foreground hover:underline">{crumb.label}</Link>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
