/** Where a viewer's lines come from: one stage of one build. */
import type { LogStream, StoredLine } from "./log-store";

export interface LogSearchResult {
  /** Matches in the whole log. */
  count: number;
  /** Stage lines of the first of them (the server answers 5,000 at most), ascending. */
  lines: number[];
}

export interface LogSource {
  /** Lines `from` … `from + limit - 1` of the stage, as far as they exist. `limit` ≤ 1000. */
  loadLines(options: { from: number; limit: number }): Promise<StoredLine[]>;
  searchLines(options: { query: string; stream: LogStream | null }): Promise<LogSearchResult>;
  /** The whole log as text. */
  loadText(): Promise<string>;
  /** Name of the downloaded file. */
  fileName: string;
}
