import type { $ZodError } from 'zod/v4/core';
import { faultsOfSchema } from '#shared/domain/schema-faults.ts';

/** Which fields of a message are wrong, and how. Only names and rules, never a value: safe to log. */
export function faultsOf(error: $ZodError): string {
  return faultsOfSchema(error)
    .map(({ path, message }) => `${pathOf(path)} ${message}`.trim())
    .join('; ');
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}
