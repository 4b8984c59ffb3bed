/** Packages: what is built. */
import {
  createPackageInput,
  deletePackageInput,
  listPackagesInput,
  listPackagesOutput,
  packageDetail,
  packageRefInput,
  updatePackageInput,
} from "../schemas/package-requests";
import { done } from "../schemas/names";
import { packageView } from "../schemas/packages";
import { createPackage } from "../../services/packages/create-package";
import { deletePackage } from "../../services/packages/delete-package";
import { getPackage } from "../../services/packages/get-package";
import { listPackages } from "../../services/packages/list-packages";
import { updatePackage } from "../../services/packages/update-package";
import { publicProcedure, router, scopedProcedure } from "../trpc";

const path = "/packages/{owner}/{name}";
const join = { package: ["owner", "name"] };

export const packagesRouter = router({
  list: publicProcedure
    .meta({ openapi: { method: "GET", path: "/packages", summary: "Packages of one workspace, or of all I belong to" } })
    .input(listPackagesInput)
    .output(listPackagesOutput)
    .query(({ ctx, input: { workspace, q, kind, ...paging } }) => listPackages({ context: ctx.services, actor: ctx.actor, workspace, q, kind, paging })),

  get: publicProcedure
    .meta({ openapi: { method: "GET", path, join, summary: "One package with its README" } })
    .input(packageRefInput)
    .output(packageDetail)
    .query(({ ctx, input }) => getPackage({ context: ctx.services, actor: ctx.actor, name: input.package })),

  create: scopedProcedure("builds:write")
    .meta({ openapi: { method: "POST", path: "/packages", status: 201, creates: true, summary: "Make a package" } })
    .input(createPackageInput)
    .output(packageView)
    .mutation(async ({ ctx, input: { package: name, ...fields } }) => {
      await createPackage({ context: ctx.services, actor: ctx.actor, name, ...fields });
      return getPackage({ context: ctx.services, actor: ctx.actor, name });
    }),

  update: scopedProcedure("builds:write")
    .meta({ openapi: { method: "PATCH", path, join, summary: "Change a package's visibility, description or labels" } })
    .input(updatePackageInput)
    .output(packageView)
    .mutation(async ({ ctx, input: { package: name, ...fields } }) => {
      await updatePackage({ context: ctx.services, actor: ctx.actor, name, ...fields });
      return getPackage({ context: ctx.services, actor: ctx.actor, name });
    }),

  delete: scopedProcedure("builds:write")
    .meta({ openapi: { method: "DELETE", path, join, summary: "Delete a package with all its releases and builds" } })
    .input(deletePackageInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await deletePackage({ context: ctx.services, actor: ctx.actor, name: input.package });
      return { ok: true };
    }),
});
