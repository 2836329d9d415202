import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { businessDateSchema } from '#schemas/ids.ts';
import { proveBalance } from '#shared/domain/balance-proof.ts';
import { bankDayOf } from '#shared/domain/bank-days.ts';
import type { Settlement } from '#shared/domain/payment.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());

const monday = businessDateSchema.parse('2026-11-23');
/** As stage dev is configured: transfers into the collecting account of the centre. */
const address = { gateway: 'sepay', merchant: 'ttpvhcc', day: monday };
const [ours, anothers] = ['999000000022', '999000000099'];

/** SePay's own file: it names the account that each transfer was credited to. */
function sepayFile(rows: readonly (readonly [account: string, settlement: Settlement])[]): string {
  const lines = rows.map(([account, { amountVnd, gatewayRef, transactionId }]) =>
    ['2026-11-23 09:15:30', 'MBBank', account, amountVnd, '', `${gatewayRef} le phi`, transactionId].join(','),
  );
  return `${['Thời gian,Ngân hàng,Số tài khoản,Tiền vào,Tiền ra,Nội dung,Mã tham chiếu', ...lines].join('\n')}\n`;
}

async function aTransfer(): Promise<Settlement> {
  const { paymentId, press } = await journey.visitBank('sepay');
  await press('pay');
  await journey.issue([paymentId]);
  const { settlement } = (await journey.record(paymentId)).payment;
  if (settlement === undefined) throw new Error('nothing settled it');
  return settlement;
}

describe('a transfer that was credited to an account of somebody else', () => {
  it('is SAI_TAI_KHOAN although the ledger agrees with it, and the bank is not accused of the same money', async () => {
    const [right, wrong] = [await aTransfer(), await aTransfer()];
    journey.setClock('2026-11-24T01:30:00.000Z');

    await journey.arrive(
      address,
      sepayFile([
        [ours, right],
        [anothers, wrong],
      ]),
      { name: 'sepay.csv' },
    );
    await journey.arrive(
      bankDayOf(ours, monday),
      `Số tài khoản;Ngày hạch toán;Ghi nợ;Ghi có;Diễn giải;Số bút toán\n${ours};23/11/2026;;28.000;${right.gatewayRef};FT1\n`,
      { name: 'bank.csv' },
    );

    const { runs, exceptions } = await journey.dayRecord(address);
    expect(exceptions).toMatchObject([
      {
        class: 'SAI_TAI_KHOAN',
        state: 'open',
        reference: wrong.gatewayRef,
        statement: { amountVnd: 28_000, status: 'success' },
        ledger: { amountVnd: 28_000, state: 'paid' },
        dueAt: '2026-12-01T10:00:00.000Z',
      },
    ]);
    const figures = runs.at(-1)?.figures;
    expect(figures?.classes).toMatchObject({ KHOP: { count: 1 }, SAI_TAI_KHOAN: { count: 1, sum: 28_000 } });
    const proof = figures === undefined ? undefined : proveBalance(figures);
    expect(proof?.equations.at(-1)).toMatchObject({
      name: 'banked',
      leftVnd: 56_000,
      rightVnd: 28_000,
      explainedBy: [{ what: 'SAI_TAI_KHOAN', vnd: 28_000 }],
      holds: true,
    });
  });
});
