/**
 * How secrets are kept: AES-256-GCM under a key made of the installation's secret. What is kept is bound to its workspace and
 * name, so a row that was copied to another place does not open there.
 *
 * Layout: version (1 byte) · nonce (12) · tag (16) · ciphertext.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "~/domain/errors";
import type { SecretBox, SecretPlace } from "../context";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** Without a secret the box refuses to do anything, and says what to set. */
export function createSecretBox(options: { secret: string | undefined }): SecretBox {
  const { secret } = options;
  const key = secret === undefined ? null : Buffer.from(hkdfSync("sha256", secret, "slipway", "secrets of workspaces", 32));
  const requireKey = (): Buffer => {
    if (key !== null) return key;
    throw new AppError("not_available", { userMessage: "Secrets can't be opened: this process has neither SLIPWAY_SECRET_KEY nor AUTH_SECRET. Start it through npm start, or set one." });
  };
  return {
    seal({ value, ...place }) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", requireKey(), nonce).setAAD(describePlace(place));
      const body = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]));
    },
    open({ ciphertext, ...place }) {
      const bytes = Buffer.from(ciphertext);
      const usable = requireKey();
      try {
        if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) throw new Error("unknown layout");
        const decipher = createDecipheriv("aes-256-gcm", usable, bytes.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAAD(describePlace(place)).setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new AppError("not_available", {
          userMessage: `The secret ${place.name} can't be opened: it was kept under another SLIPWAY_SECRET_KEY or AUTH_SECRET. Bring that one back, or set the secret again.`,
          message: `secret ${place.name} of ${place.workspaceId} does not open`,
          cause,
        });
      }
    },
  };
}

function describePlace({ workspaceId, name }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([workspaceId, name]));
}
