import { describe, expect, it } from '@jest/globals';
import { gatewayNames } from '#shared/gateways/registry.ts';
import { judgeFile } from './conformance.ts';
import { readVectorFile } from './vector-file.ts';

const fixture = (name: string) => new URL(`../fixtures/vectors/${name}`, import.meta.url).pathname;

const gatewayFiles = ['gateways.json', 'onepay.json'];

describe.each([...gatewayFiles, 'amount-in-words.json', 'dossier-codes.json'])('the vectors of %s', (name) => {
  it('all hold', async () => {
    const verdicts = judgeFile(await readVectorFile(fixture(name)));
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

describe('the vectors of gateways', () => {
  it('are skipped for none, and no gateway is without them', async () => {
    const files = await Promise.all(gatewayFiles.map((name) => readVectorFile(fixture(name))));
    expect(files.flatMap(judgeFile).filter(({ status }) => status === 'skipped')).toEqual([]);
    const called = files.flatMap((file) => (file.about === 'gateways' ? file.vectors : []));
    expect(new Set(called.map(({ gateway }) => gateway))).toEqual(new Set(gatewayNames));
  });
});
