import { createServer } from "node:net";
import { isErrno } from "../postgres/native-binaries";

/**
 * Tries the address that the web server will listen on.
 *
 * @throws Error that says what to set when it can't be had.
 */
export async function checkPortFree(options: { host: string; port: number }): Promise<void> {
  const { host, port } = options;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const advice = isErrno(error, "EADDRINUSE")
        ? `Port ${port} on ${host} is in use. Stop the program that uses it, or choose another: PORT=${port === 65_535 ? 3000 : port + 1} npm start`
        : isErrno(error, "EACCES")
          ? `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`
          : `HOST=${host} is not an address of this machine (${error.message}). Unset it, or use 0.0.0.0 for all addresses.`;
      reject(new Error(advice, { cause: error }));
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}
