/** How the help describes an argument that names a build; `build-reference.ts` reads it. */
export const BUILD_ARGUMENT = "a build's id, ws/name#12, or ws/name#latest (the newest one; ws/name alone means it too)";
