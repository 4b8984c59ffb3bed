import type { ReactNode } from "react";
import { Logo } from "~/components/shell/logo";

export interface AuthCardProps {
  title: string;
  description: string;
  children: ReactNode;
  footer?: ReactNode;
}

export function AuthCard({ title, description, children, footer }: AuthCardProps) {
  return (
    <div className="flex flex-1 flex-col items-center px-4 pt-[10vh] pb-12">
      <div className="flex w-full max-w-sm flex-col gap-6">
        <div className="flex flex-col items-center gap-3 text-center">
          <Logo className="size-9" />
          <div className="flex flex-col gap-1">
            <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
            <p className="text-sm text-pretty text-muted">{description}</p>
          </div>
        </div>
        <div className="rounded-xl border bg-surface p-5">{children}</div>
        {footer === undefined ? null : <p className="text-center text-sm text-muted">{footer}</p>}
      </div>
    </div>
  );
}
