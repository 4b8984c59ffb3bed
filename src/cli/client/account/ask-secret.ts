/** Reads a secret: typed without being shown, or all of stdin where that is no terminal. */
import { CommandError, EXIT } from "../command-error";

const INTERRUPT = "\u0003";
const END = "\u0004";

export async function askSecret(prompt: string): Promise<string> {
  return process.stdin.isTTY ? readHidden(prompt) : readAll();
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function readHidden(prompt: string): Promise<string> {
  const { stdin } = process;
  // Before the question: what is pasted the moment it appears must not be shown either.
  stdin.setRawMode(true);
  process.stderr.write(prompt);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed = "";
    const finish = (settle: () => void): void => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
      process.stderr.write("\n");
      settle();
    };
    const onData = (text: string | Buffer): void => {
      for (const character of text.toString()) {
        if (character === "\r" || character === "\n" || character === END) return finish(() => resolve(typed));
        if (character === INTERRUPT) return finish(() => reject(new CommandError("Nothing was saved.", { exitCode: EXIT.interrupted, code: "interrupted" })));
        typed = character === "\u007f" || character === "\b" ? typed.slice(0, -1) : typed + character;
      }
    };
    stdin.on("data", onData);
  });
}
