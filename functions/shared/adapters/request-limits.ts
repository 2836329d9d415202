/** When a client of AWS gives up a request, in milliseconds. */
export interface RequestLimits {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly socketTimeout: number;
  readonly throwOnRequestTimeout: true;
}

/** Inside a function's ten seconds there is room for the SDK's own repetition. */
const usualPatience = 5_000;

/**
 * Limits for a client's `requestHandler`. All four are needed: without `throwOnRequestTimeout` the SDK only writes a
 * warning and waits on, and `requestTimeout` ends where the answer begins, so that one which stops half-way is left to
 * `socketTimeout`.
 * @param milliseconds of silence before an answer, or within it
 */
export function givingUpAfter(milliseconds = usualPatience): RequestLimits {
  return {
    connectionTimeout: Math.min(1_000, milliseconds),
    requestTimeout: milliseconds,
    socketTimeout: milliseconds,
    throwOnRequestTimeout: true,
  };
}
