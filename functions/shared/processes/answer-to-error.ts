import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { ProcessAnswer } from '#shared/domain/ports.ts';
import { faultsOfSchema, isSchemaError } from '#shared/domain/schema-faults.ts';

/**
 * What a thrown error means for the payment at hand. A broken rule or an unreadable record stays so however often it is
 * tried; all else, time-outs too, may pass: unknown is not failed.
 */
export function answerToError(error: unknown): ProcessAnswer {
  const lasting = error instanceof BrokenInvariant || isSchemaError(error);
  return { kind: lasting ? 'fault' : 'later', why: explain(error) };
}

/** An error in one line; of an unreadable record the places and rules, never what stood there. */
export function explain(error: unknown): string {
  if (isSchemaError(error)) {
    return faultsOfSchema(error)
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  }
  return error instanceof Error
    ? `${error.name}: ${error.message}`.slice(0, 300)
    : 'something was thrown that is no error';
}
