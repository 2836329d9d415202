import { describe, expect, it } from '@jest/globals';
import { gateways } from '#shared/gateways/registry.ts';
import { judgeFile } from './conformance.ts';
import { readVectorFile } from './vector-file.ts';

const fixture = (name: string) => new URL(`../fixtures/vectors/${name}`, import.meta.url).pathname;

describe.each(['gateways.json', 'amount-in-words.json', 'dossier-codes.json'])('the vectors of %s', (name) => {
  it('all hold', async () => {
    const verdicts = judgeFile(await readVectorFile(fixture(name)));
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

describe('the vectors of gateways', () => {
  it('are skipped for no gateway that is registered', async () => {
    const file = await readVectorFile(fixture('gateways.json'));
    if (file.about !== 'gateways') throw new Error('gateways.json holds other vectors');
    const registered = new Set(gateways.map(({ name }) => name));
    const ours = [...file.vectors, ...file.outbound].filter(({ gateway }) => registered.has(gateway));
    const judged = judgeFile(file).filter(({ status }) => status !== 'skipped');
    expect(judged).toHaveLength(ours.length);
    expect(new Set(ours.map(({ gateway }) => gateway))).toEqual(registered);
  });
});
