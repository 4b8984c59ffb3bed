export const forgeVersion = () => null;
export const startForge = () => null;
