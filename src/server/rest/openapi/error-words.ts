/** What each error code means and what to do about it: for the API's document and its page. */
import type { ErrorCode } from "~/domain/errors";

export const ERROR_WORDS: Readonly<Record<ErrorCode, string>> = {
  bad_request: "The request can't be read: a body that is not valid JSON, or an address with a broken %-escape. Mend it; sending it again as it is won't help.",
  unauthenticated: "No sign-in, or one that does not hold: the token is unknown, revoked or expired. Make a new token in the settings.",
  forbidden: "You may see this, but not do it: the token lacks the scope, your role in the workspace does not allow it, or a change by cookie came from another site.",
  not_found: "There is no such thing, or you may not see it: both answer the same. Check the id or name, and that your token is of a member of the workspace.",
  code_not_available: "The build made no source: it stopped before, or its kind makes none.",
  audit_not_available: "The build has no audit report: its kind has no audit, or that stage was not successful.",
  method_not_allowed: "The address exists, but not for this method. The header Allow names those that do.",
  conflict: "Something else changed the same thing at that moment. Read it again, then decide.",
  build_not_cancellable: "The build is over already; there is nothing left to cancel.",
  build_in_progress: "A build of this release is under way. Wait for it or cancel it first.",
  release_locked: "The release is locked against changes. Unlock it, or push a new version.",
  version_taken: "The package has a release of this version. The message names the next one that is free; leave the version out to get it by itself.",
  name_taken: "There is something of this name already. Choose another.",
  idempotency_key_reused: "The Idempotency-Key was used for another request within 24 hours. Use a new key for each new request.",
  payload_too_large: "The body is larger than the limit. Leave out what the build does not need, such as node_modules.",
  unsupported_media_type: "The body is of a type that is not taken here. Send Content-Type: application/json (uploads also take multipart/form-data).",
  range_not_satisfiable: "The range begins past the end. Content-Range tells the size.",
  validation_failed: "A field is missing, wrong or unknown. `errors` has one entry for each, with its path, the problem and the fix.",
  upgrade_required: "The address is a WebSocket, and the request was none. Open it as one, or read the same events at `/events`.",
  too_many_requests: "More requests than the limit allows. Wait as many seconds as Retry-After says; the RateLimit headers of every answer tell what is left.",
  internal: "A fault of ours. Try again; if it stays, give the request id to whoever runs the server: it finds the cause in the log.",
  not_available: "Not for the moment: the database is away, or an earlier request with the same Idempotency-Key still runs. Try again after Retry-After seconds.",
  queue_full: "As many builds wait as the server lets wait. Nothing was made; try again after Retry-After seconds.",
  safe_mode_enabled: "The server runs in safe mode: builds are refused, nothing is run.",
};
