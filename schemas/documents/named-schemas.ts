import * as z from 'zod/mini';
// Contracts register themselves under their `id` when they are loaded; parts such as ids and money come along.
import '../balance-proof.ts';
import '../correction.ts';
import '../day-close.ts';
import '../dossier-confirmation.ts';
import '../exception.ts';
import '../finance-desk.ts';
import '../ledger-export.ts';
import '../open-money.ts';
import '../payment-notice.ts';
import '../payment-request.ts';
import '../payment-view.ts';
import '../problem.ts';
import '../receipt.ts';
import '../refund.ts';
import '../report-document.ts';
import '../series-view.ts';
import '../statement-upload.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;
export type JsonSchemas = Readonly<Record<string, JsonSchema>>;

/**
 * Every named contract as JSON Schema 2020-12, as what may be sent: fields with a default need not be given.
 * @param uriOf how one schema refers to another by name
 */
export function namedSchemas(uriOf: (name: string) => string): JsonSchemas {
  return z.toJSONSchema(z.globalRegistry, { io: 'input', uri: uriOf }).schemas;
}

const componentUri = (name: string) => `#/components/schemas/${name}`;

export function referenceTo(name: string) {
  return { $ref: componentUri(name) };
}

/** The schemas that a document refers to, with all that these refer to in turn, in the order of their names. */
export function componentsFor(document: unknown): JsonSchemas {
  const all = namedSchemas(componentUri);
  const wanted = new Set(referencesIn(document));
  for (const name of wanted) {
    for (const further of referencesIn(all[name])) wanted.add(further);
  }
  return Object.fromEntries([...wanted].toSorted().map((name) => [name, withoutAddress(all[name])]));
}

function referencesIn(part: unknown): string[] {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].flatMap(([, name]) => name ?? []);
}

/** Inside a document a schema is addressed by its place; an `$id` of its own would bend the references in it. */
function withoutAddress(schema: JsonSchema | undefined): JsonSchema {
  const { $schema, $id, ...rest } = schema ?? {};
  return rest;
}
