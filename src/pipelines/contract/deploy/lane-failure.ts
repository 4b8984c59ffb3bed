/** Why a lane fails: the maker's or the chain's fault, not ours. */
export class LaneFailure extends Error {
  /** Stable, snake_case. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "LaneFailure";
    this.code = code;
  }
}
