/** What procedures do for themselves, for a route that is none: valid credentials and the limit. */
import { countCall, requireValidCaller } from "../../api/guards";
import type { RestHandler, RestRequest } from "../rest-request";

export function countedRead(handler: RestHandler): RestHandler {
  return async (rest: RestRequest) => {
    requireValidCaller({ ctx: rest.ctx, changes: false });
    await countCall({ ctx: rest.ctx, bucket: "reads" });
    for (const [name, value] of rest.ctx.responseHeaders) rest.response.setHeader(name, value);
    await handler(rest);
  };
}
