/** Runs the audit of a contract inside the sandbox: `node run-stage.mjs security_audit`. */
import { serveStage } from "../runner/serve-stage.mjs";

await serveStage({
  security_audit: () => import("./stages/security-audit.mjs"),
});
