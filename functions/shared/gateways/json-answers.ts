import type * as z from 'zod/mini';
import type { HttpAnswer } from './http-messages.ts';
import { readJson } from './json-literals.ts';
import { faultsOf } from './message-faults.ts';

/** The fields of a gateway's answer to a request of ours, or why it cannot be relied upon. */
export type AnswerFields<Fields> =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly why: string };

/** Reads an answer as JSON, whatever its status: an error page is none. */
export function readJsonAnswer<Fields>(
  gatewayLabel: string,
  answer: HttpAnswer,
  schema: z.ZodMiniType<Fields>,
): AnswerFields<Fields> {
  const json = readJson(answer.body);
  if (!json.ok) return { ok: false, why: `${gatewayLabel} answered HTTP ${answer.status}: ${json.why}` };
  const fields = schema.safeParse(json.value);
  return fields.success ? { ok: true, fields: fields.data } : { ok: false, why: faultsOf(fields.error) };
}
