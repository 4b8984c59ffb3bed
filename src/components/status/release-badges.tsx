import { Globe, Lock, LockKeyhole, ShieldOff, Tag } from "lucide-react";
import { Badge } from "~/components/ui/badge";

export function LatestBadge({ className }: { className?: string }) {
  return (
    <Badge tone="accent" className={className}>
      <Tag aria-hidden />
      latest
    </Badge>
  );
}

export function LockedBadge({ className }: { className?: string }) {
  return (
    <Badge tone="outline" className={className} title="The files of this release can't be changed">
      <LockKeyhole aria-hidden />
      locked
    </Badge>
  );
}

/** A build that ran without isolation, by the operator's explicit choice. */
export function InsecureBadge({ className }: { className?: string }) {
  return (
    <Badge tone="failed" className={className} title="Built without a sandbox, by this server's configuration">
      <ShieldOff aria-hidden />
      not isolated
    </Badge>
  );
}

export function VisibilityBadge({ visibility, className }: { visibility: "private" | "public"; className?: string }) {
  return (
    <Badge tone="outline" className={className}>
      {visibility === "public" ? <Globe aria-hidden /> : <Lock aria-hidden />}
      {visibility}
    </Badge>
  );
}
