/** What the dashboard asks for: in one place, so that the server prefetches the very queries that the browser reads. */
export function dashboardInputs({ workspace }: { workspace: string }) {
  return {
    packages: { workspace, limit: 24 },
    builds: { workspace, limit: 8 },
    activity: { workspace },
  };
}
