import { Activity, History, ShieldCheck, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { StageDots } from "~/components/status/stage-dots";
import { CachedBadge } from "~/components/status/cached-badge";
import { StaleBadge } from "~/components/status/stale-badge";
import { Button } from "~/components/ui/button";

const POINTS: { icon: LucideIcon; title: string; text: string; mark: "live" | "stale" | null }[] = [
  { icon: Activity, mark: "live", title: "Watch it live", text: "Every stage, every log line, as it happens. Reload or lose the connection: no line is lost, none comes twice." },
  { icon: History, mark: "stale", title: "Rebuild only what changed", text: "What depends on your change is stale and says why. All else is reused in milliseconds." },
  { icon: ShieldCheck, mark: null, title: "Untrusted code stays in its box", text: "Each stage runs without a network and with bounded time, memory and disk. A cancelled build is confirmed dead." },
];

const STAGES = [
  { key: "transpilation", title: "Transpilation", status: "successful", cached: true },
  { key: "circuit_json_build", title: "Circuit JSON", status: "successful", cached: false },
  { key: "image_generation", title: "Images", status: "building", cached: false },
  { key: "fabrication_files", title: "Fabrication files", status: "pending", cached: false },
] as const;

/** What a visitor without an account sees at `/`. */
export function Landing({ signupOpen }: { signupOpen: boolean }) {
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-1 flex-col gap-14 px-4 pt-[9vh] pb-16 sm:px-6">
      <div className="flex flex-col items-start gap-5">
        <h1 className="max-w-2xl text-3xl font-semibold tracking-tight text-balance sm:text-4xl">Push files. Watch the stages build. See what is stale, and why.</h1>
        <p className="max-w-xl text-lg text-pretty text-muted">
          Slipway is a build platform for package releases that runs on your own machine. Push a circuit and get its board, schematic, 3D view and fabrication files; describe a contract and get it written, audited and deployed. On one page, live.
        </p>
        <div className="flex flex-wrap gap-2">
          {signupOpen ? <Button asChild variant="primary" size="lg"><Link href="/sign-up">Create an account</Link></Button> : null}
          <Button asChild variant={signupOpen ? "secondary" : "primary"} size="lg"><Link href="/sign-in">Sign in</Link></Button>
        </div>
      </div>
      <ul className="grid grid-cols-1 gap-x-8 gap-y-8 sm:grid-cols-3">
        {POINTS.map(({ icon: Icon, title, text, mark }) => (
          <li key={title} className="flex flex-col gap-2 border-t pt-4">
            <span className="flex h-6 items-center justify-between gap-2">
              <Icon aria-hidden className="size-4.5 text-accent" />
              {mark === "live" ? <StageDots stages={STAGES} /> : null}
              {mark === "stale" ? <span className="flex gap-1"><StaleBadge /><CachedBadge /></span> : null}
            </span>
            <h2 className="text-base font-semibold">{title}</h2>
            <p className="text-sm text-pretty text-muted">{text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
