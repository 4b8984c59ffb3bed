/** Which git servers a release may be fetched from, besides every public one by HTTPS. */
export interface AllowedGitHost {
  protocol: "https:" | "http:";
  /** As a URL has it: lower case, an IPv6 address in brackets. */
  hostname: string;
  port: number;
}

export interface GitSettings {
  /** May lie in a private network, on another port, or speak plain HTTP: the operator vouches for them. */
  allowedHosts: readonly AllowedGitHost[];
  /** PEM file of certificate authorities, in place of the system's. */
  caFile: string | undefined;
}

export const DEFAULT_GIT_SETTINGS: GitSettings = { allowedHosts: [], caFile: undefined };
