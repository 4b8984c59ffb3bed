/** What a page and the server say to each other about clicks. */

/** On a page's write: whole ms between the click and its sending. Beside it `traceparent` names the click's span. */
export const CLICK_HEADER = "x-slipway-click";

/** From the server to the pages' code, on a page's request: `true` where traces are collected. */
export const TRACED_HEADER = "x-slipway-traced";
