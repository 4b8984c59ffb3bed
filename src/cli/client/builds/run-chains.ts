/** `slipway chains`. */
import { chainsAnswer } from "../answers";
import { EXIT, type ExitCode } from "../command-error";
import { cleanText } from "../output/clean-text";
import { formatTable } from "../output/table";
import type { Session } from "../session";

export async function runChains(options: { session: Session; workspace: string | undefined }): Promise<ExitCode> {
  const { session, workspace } = options;
  const { api, terminal } = session;
  const answer = await api.get("/api/v1/chains", { schema: chainsAnswer, query: { workspace } });
  if (session.json) {
    terminal.printJson(answer);
    return EXIT.ok;
  }
  if (answer.chains.length === 0) {
    terminal.note("No chains.");
    return EXIT.ok;
  }
  const rows = answer.chains.map((chain) => [
    String(chain.chain_id),
    cleanText(chain.name, { colours: false }),
    chain.testnet ? "" : "real money: needs --confirm-mainnet",
    !chain.available ? "does not answer" : chain.has_signer ? "ready" : `no key${chain.signer === null ? "" : `: the workspace needs the signing key "${chain.signer}"`}`,
  ]);
  terminal.print(formatTable({ head: ["CHAIN", "NAME", "", "STATE"], rows }));
  return EXIT.ok;
}
