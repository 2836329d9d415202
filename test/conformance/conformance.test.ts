import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runConformance } from './conformance.ts';

const root = new URL('../../', import.meta.url).pathname;
const vectorsIn = (name: string) => join(root, 'test/fixtures/vectors', name);

const callback = {
  name: 'a-forged-callback',
  gateway: 'vnpay',
  secrets: { tmnCode: 'DVCHCM01', hashSecret: 'secret' },
  context: { orders: [] },
  request: { method: 'GET', path: '/callbacks/vnpay', query: 'vnp_TxnRef=1', headers: {}, body: null },
  expected: {
    verified: false,
    outcome: ['malformed', 'bad_signature'],
    orderRef: null,
    gatewayTxnId: null,
    amountVnd: null,
    paidAt: null,
    ack: { status: [200, 400], json: { RspCode: '97' } },
  },
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vectors-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileWith(content: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...paths: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runConformance(paths, {
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  return { exitCode, printed, complaint: complaints.join('\n') };
}

describe('a conformance run', () => {
  it('takes any of the expected values, and ends with the tally', async () => {
    const { exitCode, printed } = await run(await fileWith({ vectors: [callback] }));
    expect(printed).toEqual(['1 passed, 0 failed, 0 skipped']);
    expect(exitCode).toBe(0);
  });

  it('prints what a failing vector expected and what came', async () => {
    const wrong = {
      ...callback,
      name: 'a-wrong-vector',
      expected: {
        ...callback.expected,
        outcome: 'paid',
        orderRef: '1',
        ack: { status: 200, json: { RspCode: ['00', '02'] } },
      },
    };
    const { exitCode, printed } = await run(await fileWith({ vectors: [callback, wrong] }));
    expect(exitCode).toBe(1);
    expect(printed).toEqual([
      expect.stringContaining('FAILED a-wrong-vector'),
      '  outcome: expected "paid", actual "bad_signature"',
      '  orderRef: expected "1", actual null',
      '  ack.json.RspCode: expected "00" or "02", actual "97"',
      '1 passed, 1 failed, 0 skipped',
    ]);
  });

  it('counts vectors of a gateway that is not registered as skipped, and says so', async () => {
    const path = await fileWith({
      vectors: [callback, { ...callback, gateway: 'tomorrow' }, { ...callback, gateway: '__proto__' }],
    });
    const { exitCode, printed } = await run(path);
    expect(exitCode).toBe(0);
    expect(printed.at(0)).toMatch(/: 1 vectors skipped, gateway tomorrow is not registered$/);
    expect(printed.at(-1)).toBe('1 passed, 0 failed, 2 skipped');
  });

  it('fails a vector whose secrets or operation the gateway does not know', async () => {
    const outbound = { name: 'x', gateway: 'vnpay', operation: 'constructor', secrets: {}, input: {}, expected: {} };
    const path = await fileWith({ vectors: [{ ...callback, secrets: {} }], outbound: [outbound] });
    const { exitCode, printed } = await run(path);
    expect(exitCode).toBe(1);
    expect(printed.join('\n')).toContain('secrets[0].tmnCode is missing');
    expect(printed.join('\n')).toContain('VNPAY has no builder for "constructor"');
  });

  it('treats a paid order with other seen ids as settled by other money', async () => {
    const { default: shared } = await import('../fixtures/vectors/gateways.json', { with: { type: 'json' } });
    const duplicate = shared.vectors.find(({ name }) => name === 'vnpay-duplicate-delivery');
    const seenGatewayTxnIds = ['99999999'];
    const path = await fileWith({ vectors: [{ ...duplicate, context: { ...duplicate?.context, seenGatewayTxnIds } }] });
    expect(await run(path)).toMatchObject({ exitCode: 0, printed: ['1 passed, 0 failed, 0 skipped'] });
  });

  it('fails wrong amounts in words and wrong dossier codes', async () => {
    const amounts = await fileWith({
      vectors: [{ amount: 1000, words: 'Một ngàn đồng', wordsChan: 'Một nghìn đồng' }],
    });
    const codes = await fileWith({
      clock: '2026-11-22',
      province: 'H49',
      vectors: [{ code: 'H49.14-261123-0001', valid: false, reason: 'before-2018' }],
      procedureCodes: [{ code: '9.1', valid: true }],
    });
    const { exitCode, printed } = await run(amounts, codes);
    expect(exitCode).toBe(1);
    expect(printed).toEqual([
      expect.stringContaining('FAILED amount 1000'),
      '  words: expected "Một ngàn đồng", actual "Một nghìn đồng"',
      '  wordsChan: expected "Một nghìn đồng", actual "Một nghìn đồng chẵn"',
      expect.stringContaining('FAILED dossier code "H49.14-261123-0001"'),
      '  reason: expected "before-2018", actual "future-date"',
      expect.stringContaining('FAILED procedure code "9.1"'),
      '  valid: expected true, actual false',
      '0 passed, 3 failed, 0 skipped',
    ]);
  });

  it.each([
    ['a file that is missing', () => '/no/such/file.json', '/no/such/file.json cannot be read (ENOENT)'],
    ['a folder', () => folder, 'cannot be read (EISDIR)'],
    ['text that is no JSON', () => fileWith('{"vectors":['), 'is not JSON'],
    ['JSON that is no vector file', () => fileWith({ name: 'bien-lai' }), 'is no vector file that we know'],
    ['a list', () => fileWith([]), 'is no vector file that we know'],
    ['vectors of another form', () => fileWith({ vectors: [{ gateway: 'vnpay' }] }), 'not of the known form'],
  ])('refuses %s with a clear error', async (_what, makePath, complaint) => {
    const outcome = await run(vectorsIn('dossier-codes.json'), await makePath());
    expect(outcome.exitCode).toBe(2);
    expect(outcome.complaint).toContain(complaint);
    expect(outcome.printed).toEqual([]);
  });

  it('asks for a file when it is given none', async () => {
    expect(await run()).toMatchObject({
      exitCode: 2,
      complaint: expect.stringContaining('npm run conformance -- FILE'),
    });
  });

  it('is a command with an exit code', async () => {
    const command = promisify(execFile)(process.execPath, ['test/conformance/run.ts', vectorsIn('gateways.json')], {
      cwd: root,
    });
    const { stdout, stderr } = await command;
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ skipped$/);
    expect(stderr).toBe('');
    await expect(
      promisify(execFile)(process.execPath, ['test/conformance/run.ts', '/no/such/file.json'], { cwd: root }),
    ).rejects.toMatchObject({ code: 2 });
  });
});
