/** When a client of AWS gives up a request, in milliseconds. */
export interface RequestLimits {
  readonly connectionTimeout: number;
  readonly socketTimeout: number;
}

/** Inside a function's ten seconds there is room for the SDK's own repetition. */
const usualPatience = 5_000;

/**
 * Limits for a client's `requestHandler`. A connection that stays silent, before an answer or within it, is given up:
 * `requestTimeout` would end where the answer begins, and by itself only writes a warning. The limit for connecting counts
 * from the request on, so that it must leave time to those who wait for a free connection.
 * @param milliseconds of silence
 */
export function givingUpAfter(milliseconds = usualPatience): RequestLimits {
  return { connectionTimeout: 2 * milliseconds, socketTimeout: milliseconds };
}
