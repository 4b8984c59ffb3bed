/** Bounds of what a contract's description may hold, shared by the schemas and the messages about them. */

/** Characters. */
export const MAX_NAME = 64;
export const MAX_SYMBOL = 11;
/** Bytes of a name that is part of what is signed (EIP-712): OpenZeppelin keeps it in one word, and a longer one can't be deployed. */
export const MAX_SIGNED_NAME = 31;
export const MAX_URI = 512;

/** Whole tokens, as a power of ten: with 18 decimals 10^45 is far below 2^208, the most that votes can count. */
export const MAX_SUPPLY_DIGITS = 45;

/** Seconds. */
export const MAX_DURATION = 100 * 365 * 86_400;
