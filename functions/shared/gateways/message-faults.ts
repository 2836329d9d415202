import type * as z from 'zod';

/** Which fields of a message are wrong, and how. Only names and rules, never a value: safe to log. */
export function faultsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${pathOf(issue.path)} ${issue.message}`.trim()).join('; ');
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}
