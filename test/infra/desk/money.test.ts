import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadMerchants } from '#config/merchants.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { type DeskScene, makeDeskScene, moneyOfPayment } from '#test/support/desk-scene.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { aCharge } from '#test/support/payment-scene.ts';

const script = fileURLToPath(new URL('../../../infra/desk/money.ts', import.meta.url));
const reason = 'Đã đối chiếu sao kê của cổng';

let scene: DeskScene;
let environment: Record<string, string>;
let folder: string;

beforeAll(async () => {
  const { tableName, documentClient, endpoint } = await startTestTable();
  scene = await makeDeskScene({ client: documentClient, name: tableName });
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-money-'));
  environment = {
    ...inheritCompileCache(),
    TABLE_NAME: tableName,
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  };
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in a process of its own, as a person does. */
function money(args: readonly string[], env: Record<string, string> = environment): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

/** A payment of the centre itself, whose account at VNPAY is `ttpvhcc` also in config/dev. */
async function openPaymentOfCentre() {
  return scene.openPayment({
    charges: [aCharge({ feeLines: [{ unitCode: 'hong-gai', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }] })],
  });
}

describe('npm run money', () => {
  it('takes money from the list to its payment, by two persons in processes of their own', async () => {
    expect(loadMerchants('dev').some(({ merchant }) => merchant === 'ttpvhcc')).toBe(true);
    const { paymentId } = await openPaymentOfCentre();
    const { identity } = await scene.suspend();
    const key = `vnpay/ttpvhcc/${identity}`;
    expect((await money(['list'])).out).toContain(key);
    const named = ['--money', key];

    const proposed = await money(['propose', ...named, '--payment', paymentId, '--by', 'kt.lan', '--reason', reason]);
    expect(proposed).toMatchObject({
      code: 0,
      out: expect.stringContaining(`đề nghị 1: gán cho thanh toán ${paymentId}`),
    });
    // The maker and the checker at once: whoever comes first, only one of them may.
    const approve = (by: string) => money(['approve', ...named, '--proposal', '1', '--by', by]);
    const [byMaker, byChecker] = await Promise.all([approve('kt.lan'), approve('kt.minh')]);

    expect(byMaker).toMatchObject({ code: 1, err: expect.stringMatching(/\[(same-person|already-assigned)\]/) });
    expect(byChecker).toMatchObject({ code: 0, out: expect.stringContaining('ghi nhận đã nộp') });
    expect(await moneyOfPayment(scene, paymentId)).toEqual([identity]);
    expect((await money(['list'])).out).toContain('Không có khoản tiền nào');
  });

  it('writes the list for a spreadsheet', async () => {
    const { paymentId } = await openPaymentOfCentre();
    const found = await scene.suspend();
    await scene.propose(found, paymentId, { reason: '=cmd|calc và lý do khác' });
    const file = join(folder, 'money.csv');

    expect(await money(['list', '--csv', file])).toMatchObject({ code: 0 });

    const text = await readFile(file, 'utf8');
    expect(text.startsWith('\uFEFFKhoản tiền,Loại,')).toBe(true);
    expect(text).toContain(`vnpay/ttpvhcc/${found.identity},không rõ thanh toán,chờ duyệt gán,finance-desk,28000,0,`);
    expect(text).toContain(`,'${paymentId},1,kt.lan,'=cmd|calc và lý do khác\r\n`);
    await scene.reject(found);
  });

  it('names every option that is missing or wrong, and touches nothing', async () => {
    const ended = await money(['propose', '--money', 'vnpay', '--payment', '12', '--by', 'Nguyễn Lan']);
    expect(ended.code).toBe(1);
    for (const option of ['--money', '--payment', '--by', 'thiếu --reason']) expect(ended.err).toContain(option);
  });

  it('helps in Vietnamese, and does so for a word that it does not know', async () => {
    expect(await money(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Tiền thật chưa thuộc') });
    expect(await money(['toString'])).toMatchObject({ code: 1, out: expect.stringContaining('npm run money -- list') });
  });

  it('says what to start when no local stack runs', async () => {
    const ended = await money(['list'], { PORT: String((await findFreePort()) - 1) });
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('npm start') });
  });
});
