import { describe, expect, it } from '@jest/globals';
import { gatewayNames } from '#shared/gateways/registry.ts';
import { readOwnVectors } from '#test/support/own-vectors.ts';
import { judgeFile } from './conformance.ts';

const files = new Map((await readOwnVectors()).map((file) => [file.name, file]));

describe.each([...files.keys()])('the vectors of %s', (name) => {
  it('all hold', () => {
    const verdicts = [...files].flatMap(([own, file]) => (own === name ? judgeFile(file) : []));
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

describe('the vectors of gateways', () => {
  it('are skipped for none, and no gateway is without them', () => {
    const verdicts = [...files.values()].flatMap(judgeFile);
    expect(verdicts.filter(({ status }) => status === 'skipped')).toEqual([]);
    const called = [...files.values()].flatMap((file) => (file.about === 'gateways' ? file.vectors : []));
    expect(new Set(called.map(({ gateway }) => gateway))).toEqual(new Set(gatewayNames));
  });
});
