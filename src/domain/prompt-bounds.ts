/** Characters that a contract's description in words may have: for the API, the pipeline and the page alike. */
export const MIN_PROMPT = 10;
export const MAX_PROMPT = 2_000;
