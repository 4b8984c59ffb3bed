export function buildDocument(): Record<string, unknown> {
  return {};
}
