/** True when a write was refused because a unique value is taken. Told by its code: the pages' bundle has its own classes. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "P2002" || error.code === "23505");
}
