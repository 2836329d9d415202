import * as z from 'zod/mini';
import { $ZodError } from 'zod/v4/core';
import en from 'zod/v4/locales/en.js';

// zod/mini calls every fault "Invalid input" until it is given words, and it chooses them when it parses. So they are set
// as soon as this module is loaded, and whoever shows faults gets them from here.
z.config(en());

/** What is wrong at one place of a value. It names rules only, never what stood there. */
export interface SchemaFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Every fault that a schema found. */
export function faultsOfSchema(error: $ZodError): readonly SchemaFault[] {
  return error.issues.map(({ path, message }) => ({ path, message }));
}

/** Whether an error says that a value does not fit its schema. */
export function isSchemaError(error: unknown): error is $ZodError {
  return error instanceof $ZodError;
}
