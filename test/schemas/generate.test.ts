import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { kebabCaseOf } from '#schemas/documents/examples.ts';
import { findDifferences, generateFiles } from '#schemas/generate.ts';
import { valueAt } from '#test/support/json-paths.ts';

const files = generateFiles();
const openApi = readDocument('openapi.json');
const asyncApi = readDocument('asyncapi.json');

describe('the generated files', () => {
  it('are up to date: run `npm run generate` when this fails', () => {
    expect(findDifferences(files)).toEqual([]);
  });

  it('are the same bytes each time', () => {
    expect([...generateFiles()]).toEqual([...files]);
  });

  it('hold every contract that is exported with an id', async () => {
    const folder = new URL('../../schemas/', import.meta.url);
    const modules = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'generate.ts');
    const exported = await Promise.all(modules.map((file) => import(new URL(file, folder).href).then(namesIn)));
    expect(exported.flat().length).toBeGreaterThan(20);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(exported.flat().map((name) => `${kebabCaseOf(name)}.json`)),
    );
  });

  it('refer to nothing that is not there', () => {
    for (const [name, text] of files) {
      for (const [, target = ''] of text.matchAll(/"\$ref": "([^"#]+\.json)"/g)) {
        expect([name, [...files.keys()].includes(target)]).toEqual([name, true]);
      }
      for (const [, path = ''] of text.matchAll(/"\$ref": "#\/([^"]+)"/g)) {
        expect([name, path, valueAt(JSON.parse(text), path.split('/'))]).not.toContain(undefined);
      }
    }
  });
});

describe('the OpenAPI document', () => {
  it('describes the routes of the dossier system, and those of finance staff behind them', () => {
    const paths = Object.keys(z.record(z.string(), z.unknown()).parse(openApi['paths']));
    expect(paths.slice(0, 3)).toEqual([
      '/v1/payments',
      '/v1/payments/{paymentId}',
      '/v1/payments/{paymentId}/attempts',
    ]);
    // test/finance-desk/roles-over-http.test.ts asks each of them.
    expect(paths.slice(3).filter((path) => !path.startsWith('/v1/finance/'))).toEqual([]);
  });

  it('answers errors as problem documents', () => {
    expect(valueAt(openApi, ['paths', '/v1/payments', 'post', 'responses', '422', 'content'])).toHaveProperty([
      'application/problem+json',
    ]);
  });

  it('does not demand fields that have a default', () => {
    expect(valueAt(openApi, ['components', 'schemas', 'ChargeRequest', 'required'])).not.toContain('debtId');
  });
});

describe('the AsyncAPI document', () => {
  it('describes one message for each member of the confirmations', () => {
    const union = z
      .object({ oneOf: z.array(z.object({ $ref: z.string() })) })
      .parse(readDocument('dossier-confirmation.json'));
    const messages = Object.keys(
      z.record(z.string(), z.unknown()).parse(valueAt(asyncApi, ['components', 'messages'])),
    );
    expect(messages.map((name) => `${kebabCaseOf(name)}.json`)).toEqual(union.oneOf.map(({ $ref }) => $ref));
  });
});

function namesIn(module: object): readonly string[] {
  return Object.values(module).flatMap((value: unknown) =>
    value instanceof z.ZodMiniType ? (z.globalRegistry.get(value)?.id ?? []) : [],
  );
}

function readDocument(name: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../../schemas/generated/${name}`, import.meta.url), 'utf8');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
