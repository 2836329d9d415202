export interface CircuitRules {
  /** So many silences in a row open the circuit. */
  readonly silences: number;
  /** So long nothing is sent; then one request may try whether the other side speaks again. */
  readonly pauseMilliseconds: number;
  /** A clock that never goes back. */
  readonly milliseconds: () => number;
}

export interface CircuitBreaker {
  /** Whether a request may go out now. Each `true` must be followed by one of the two below. */
  readonly mayPass: () => boolean;
  readonly answered: () => void;
  /** Says whether this silence opened the circuit. */
  readonly silent: () => boolean;
}

/** Spares a host that does not answer, and those who would wait for it in vain. */
export function makeCircuitBreaker({ silences, pauseMilliseconds, milliseconds }: CircuitRules): CircuitBreaker {
  let silentInARow = 0;
  let openedAt = 0;
  let isTrying = false;
  const isClosed = () => silentInARow < silences;
  return {
    mayPass: () => {
      if (isClosed()) return true;
      if (isTrying || milliseconds() - openedAt < pauseMilliseconds) return false;
      isTrying = true;
      return true;
    },
    answered: () => {
      silentInARow = 0;
      isTrying = false;
    },
    silent: () => {
      const opens = isTrying || silentInARow + 1 === silences;
      silentInARow += 1;
      isTrying = false;
      // Silences of requests that went out before do not put the next try off.
      if (opens) openedAt = milliseconds();
      return opens;
    },
  };
}
