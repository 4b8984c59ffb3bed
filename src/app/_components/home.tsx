"use client";

import { useMe } from "~/trpc/use-me";
import { DashboardSkeleton } from "./dashboard/dashboard-skeleton";
import { WorkspaceDashboard } from "./dashboard/workspace-dashboard";
import { Landing } from "./landing";

export function Home() {
  const me = useMe();
  if (me === undefined) return <DashboardSkeleton />;
  if (me.user === null) return <Landing signupOpen={me.signup_open} />;
  return <WorkspaceDashboard workspace={me.workspaces[0]?.slug ?? me.user.handle} title="Packages" />;
}
