"use client";

import Link from "next/link";
import { BuildsTable } from "~/components/builds-table/builds-table";
import { Button } from "~/components/ui/button";
import { useCanWrite } from "~/trpc/use-can-write";

export function PackageBuilds({ name }: { name: string }) {
  const canWrite = useCanWrite()({ package: name });
  return <BuildsTable scope={{ package: name }} emptyAction={canWrite ? <Button asChild variant="primary"><Link href={`/new?package=${name}`}>Push files</Link></Button> : undefined} />;
}
