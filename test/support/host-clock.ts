import { jest } from '@jest/globals';

const realTimers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/**
 * Stops the date of the host, by which handlers go; timers run on. Without it a test that numbers receipts by a handler
 * and by a scene passes only until the scene's day is over.
 */
export function stopHostClock(at: string): void {
  jest.useFakeTimers({ now: Date.parse(at), doNotFake: [...realTimers] });
}

/** To be called when the suite is over, and after `stopHostClock` only. */
export function releaseHostClock(): void {
  jest.useRealTimers();
}
