import { Avatar } from "~/components/ui/avatar";
import type { BuildDetail } from "~/server/api/schemas/builds";

export function Person({ person }: { person: NonNullable<BuildDetail["requested_by"]> }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Avatar name={person.name} image={person.image} className="size-5" />
      <span className="min-w-0 truncate" title={`@${person.handle}`}>{person.name}</span>
    </span>
  );
}
