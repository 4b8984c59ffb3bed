import type { Command } from "commander";
import { EnvError, getEnv } from "../env";
import { runChecks, type CheckResult } from "./doctor/run-checks";

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("check every part, and say how to mend what is wrong; exit code 1 when something is")
    .option("--json", "print the results as JSON")
    .action(async (flags: { json?: true }) => {
      const results = await diagnose();
      const failed = results.filter((result) => result.status === "fail").length;
      const warned = results.filter((result) => result.status === "warn").length;
      if (flags.json) {
        console.log(JSON.stringify({ ok: failed === 0, checks: results }, null, 2));
      } else {
        const width = Math.max(...results.map((result) => result.name.length));
        for (const { status, name, detail, fix } of results) {
          console.log(`${MARKS[status]}  ${name.padEnd(width)}  ${detail}`);
          if (fix !== undefined) console.log(`      ${" ".repeat(width)}  → ${fix}`);
        }
        console.log(failed > 0 ? `\n${failed} failed, ${warned} to look at.` : warned > 0 ? `\nIt works; ${warned} to look at.` : "\nEverything is fine.");
      }
      process.exitCode = failed > 0 ? 1 : 0;
    });
}

async function diagnose(): Promise<CheckResult[]> {
  try {
    return await runChecks({ env: getEnv() });
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.problems.map(({ variable, message }) => ({ name: "configuration", status: "fail", detail: `${variable} ${message}`, fix: `change ${variable} in the environment or in .env; .env.example explains it` }));
  }
}
