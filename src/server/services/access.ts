/** Who may see and change what, as where-clauses, so that a row the caller may not touch is simply not found. */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import type { Prisma } from "../db/generated/client";

/** Packages that the caller (null: anonymous) may see. */
export function visiblePackages(actor: Actor | null): Prisma.PackageWhereInput {
  if (actor === null) return { visibility: "public" };
  if (actsAsAdmin(actor)) return {};
  return { OR: [{ visibility: "public" }, { workspace: { members: { some: { userId: actor.userId } } } }] };
}

/** Packages whose releases and builds the caller may create, cancel and change. */
export function writablePackages(actor: Actor): Prisma.PackageWhereInput {
  if (actsAsAdmin(actor)) return {};
  return { workspace: { members: { some: { userId: actor.userId, role: { in: ["owner", "member"] } } } } };
}

/** Workspaces in which the caller may create packages. */
export function writableWorkspaces(actor: Actor): Prisma.WorkspaceWhereInput {
  if (actsAsAdmin(actor)) return {};
  return { members: { some: { userId: actor.userId, role: { in: ["owner", "member"] } } } };
}

/** Workspaces that the caller belongs to, or all for an admin. */
export function visibleWorkspaces(actor: Actor): Prisma.WorkspaceWhereInput {
  if (actsAsAdmin(actor)) return {};
  return { members: { some: { userId: actor.userId } } };
}

/**
 * The rules of `visiblePackages` and `writablePackages` in plain SQL, for statements over `package p` and the caller's own
 * `membership m` (left joined). `$1` is the caller's id or null, `$2` whether they act as an admin.
 */
export const VISIBLE_SQL = "($2::boolean OR p.visibility = 'public' OR m.user_id IS NOT NULL)";
export const WRITABLE_SQL = "($1::text IS NOT NULL AND ($2::boolean OR coalesce(m.role IN ('owner', 'member'), false)))";
