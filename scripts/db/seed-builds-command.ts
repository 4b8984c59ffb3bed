/** `npm run db:seed:builds -- --builds 1000000`: fills the database of this data folder for measurements. */
import { parseArgs } from "node:util";
import { withDatabase } from "../../src/cli/reach-database";
import { getEnvOrExit } from "../../src/env";
import { seedBuilds } from "./seed-builds";

const { values } = parseArgs({ options: { builds: { type: "string", default: "1000000" } } });
const builds = Number(values.builds);
if (!Number.isSafeInteger(builds) || builds < 1) throw new Error(`--builds must be a whole number from 1. Got "${values.builds}".`);
await withDatabase({
  env: getEnvOrExit(),
  work: async ({ pool }) => {
    const users = await seedBuilds({ pool, builds, onProgress: (done) => process.stdout.write(`\r${done.toLocaleString("en")} of ${builds.toLocaleString("en")} builds`) });
    process.stdout.write(`\nSpread over the packages of ${users.length} users, ${users[0]?.handle} to ${users.at(-1)?.handle}. They have no passwords: make tokens with \`npx slipway token create --user ${users[0]?.handle}@example.com\`.\n`);
  },
});
