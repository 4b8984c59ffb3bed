import type { ReactNode } from "react";
import { Page } from "~/components/shell/page";
import { api, fetchOrNotFound, HydrateApi, prefetch } from "~/trpc/server";
import { readPackageParams, type PackageParams } from "../../_components/package-params";
import { lastSuccessfulBuild } from "./_components/last-successful-build";
import { PackageHeader } from "./_components/package-header";

export default async function PackageLayout({ children, params }: { children: ReactNode; params: PackageParams }) {
  const { name } = await readPackageParams(params);
  await Promise.all([fetchOrNotFound(api.packages.get.queryOptions({ package: name })), prefetch(api.builds.list.queryOptions(lastSuccessfulBuild({ name })))]);
  return (
    <HydrateApi>
      <Page>
        <PackageHeader name={name} />
        {children}
      </Page>
    </HydrateApi>
  );
}
