import { DashboardSkeleton } from "../_components/dashboard/dashboard-skeleton";

export default function HomeLoading() {
  return <DashboardSkeleton />;
}
