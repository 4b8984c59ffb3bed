/** See client-commands.mjs. */
export const CLIENT_COMMANDS: readonly string[];
