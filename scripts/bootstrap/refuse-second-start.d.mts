export function refuseSecondStart(options?: { folder?: string; environment?: Readonly<Record<string, string | undefined>> }): void;
