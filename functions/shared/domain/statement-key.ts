import * as z from 'zod/mini';
import { businessDateSchema, gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';
import type { DayAddress } from './statement-day.ts';

/** A statement under the name by which its sender put it into the store. */
export interface NamedStatement extends DayAddress {
  readonly name: string;
}

const keySchema = z.object({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  day: businessDateSchema,
  name: z.string().check(z.regex(/^[^/]{1,200}$/)),
});

/** `<gateway>/<merchant>/<yyyy-mm-dd>/<file name>`: the place says whose statement of which day a file is. */
export function statementKeyOf({ gateway, merchant, day, name }: NamedStatement): string {
  return [gateway, merchant, day, name].join('/');
}

/** Reads a key back; nothing when a file lies in a place that says nothing. */
export function readStatementKey(key: string): NamedStatement | undefined {
  const [gateway, merchant, day, name, ...more] = key.split('/');
  if (more.length > 0) return undefined;
  return keySchema.safeParse({ gateway, merchant, day, name }).data;
}
