/** The API: every procedure, by entity. REST is made from the same ones. */
import { authRouter } from "./routers/auth";
import { buildsRouter } from "./routers/builds";
import { chainsRouter, contractsRouter, signersRouter } from "./routers/chains";
import { examplesRouter } from "./routers/examples";
import { operationsRouter } from "./routers/operations";
import { meRouter } from "./routers/me";
import { packagesRouter } from "./routers/packages";
import { releasesRouter } from "./routers/releases";
import { tokensRouter } from "./routers/tokens";
import { workspacesRouter } from "./routers/workspaces";
import { createCallerFactory, router } from "./trpc";

export const appRouter = router({
  me: meRouter,
  auth: authRouter,
  tokens: tokensRouter,
  workspaces: workspacesRouter,
  packages: packagesRouter,
  releases: releasesRouter,
  builds: buildsRouter,
  examples: examplesRouter,
  chains: chainsRouter,
  contracts: contractsRouter,
  signers: signersRouter,
  operations: operationsRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in this process, with a context at hand. */
export const createCaller = createCallerFactory(appRouter);
