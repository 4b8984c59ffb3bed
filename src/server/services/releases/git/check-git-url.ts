/** Whether an address and a ref may be handed to git at all, before anything is looked up. */
import { AppError } from "~/domain/errors";
import { CONTROL_CHARACTERS } from "~/domain/release-files";
import type { GitSettings } from "../../context";

export interface GitTarget {
  /** As our own parser writes it, so that git can't read another host out of it. */
  href: string;
  /** As a URL has it: an IPv6 address in brackets. */
  hostname: string;
  port: number;
  /** On the operator's list: its addresses are not checked. */
  isVouchedFor: boolean;
}

const MAX_LENGTH = 2_000;
const HTTPS_PORT = 443;
const REF = /^[A-Za-z0-9_][A-Za-z0-9._/+@-]*$/;

/** Throws `validation_failed` for `git.url`. What was sent is never repeated: there may be a password in it. */
export function checkGitUrl(options: { url: string; settings: GitSettings }): GitTarget {
  const { url, settings } = options;
  if (url.length > MAX_LENGTH) throw wrongUrl(`must have at most ${MAX_LENGTH} characters.`);
  // A parser forgives blanks and backslashes; whoever writes them means to be misread.
  if (/[\s\\]/.test(url) || CONTROL_CHARACTERS.test(url) || !URL.canParse(url)) throw wrongUrl("is not a URL. Send one such as https://github.com/owner/name.git.");
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") throw wrongUrl("must begin with https://.");
  if (parsed.username !== "" || parsed.password !== "") throw wrongUrl("must have no user name or password in it: it would end up in logs. Send the files of a private repository instead.");
  if (parsed.search !== "" || parsed.hash !== "" || /[?#]/.test(url)) throw wrongUrl("must have no `?` and no `#`. Send a branch, tag or commit as git.ref.");
  if (parsed.pathname === "/" || /%(?:[01][0-9a-f]|7f)/i.test(parsed.pathname)) throw wrongUrl("must name a repository, such as https://github.com/owner/name.git.");
  const port = parsed.port === "" ? (parsed.protocol === "https:" ? HTTPS_PORT : 80) : Number(parsed.port);
  // A dot at the end names the same host.
  parsed.hostname = parsed.hostname.replace(/\.$/, "");
  const { hostname, protocol } = parsed;
  if (hostname === "") throw wrongUrl("has no host.");
  const isVouchedFor = settings.allowedHosts.some((allowed) => allowed.protocol === protocol && allowed.hostname === hostname && allowed.port === port);
  if (!isVouchedFor) {
    if (protocol !== "https:") throw wrongUrl("must begin with https://. Nothing tells who answers otherwise.");
    if (port !== HTTPS_PORT) throw wrongUrl("must use the usual port of https. Ask the operator to list this host for other ports.");
  }
  return { href: parsed.href, hostname, port, isVouchedFor };
}

/** Throws `validation_failed` for what is no branch, tag or full commit. */
export function checkGitRef(ref: string): string {
  if (REF.test(ref) && !ref.includes("..") && !ref.includes("@{") && !ref.includes("//") && !/(?:\/|\.|\.lock)$/.test(ref)) return ref;
  const message = "must be a branch, a tag or a full commit id, such as main or v1.2.0.";
  throw new AppError("validation_failed", { userMessage: `git.ref ${message}`, fields: [{ path: "git.ref", message }] });
}

export function wrongUrl(message: string): AppError {
  return new AppError("validation_failed", { userMessage: `git.url ${message}`, fields: [{ path: "git.url", message }] });
}
