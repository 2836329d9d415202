import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readUnits } from '#config/units.ts';
import { instantSchema } from '#schemas/ids.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import {
  aDecision,
  aNotice,
  aReplacement,
  type CorrectionScene,
  done,
  makeCorrectionScene,
} from '#test/support/correction-scene.ts';
import { withReceipts, withSignedReceipts } from '#test/support/owing-records.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';

let scene: CorrectionScene;
let receipt: Receipt;
beforeAll(async () => {
  scene = await makeCorrectionScene();
});
beforeEach(async () => {
  receipt = await scene.putReceipted();
});
afterAll(() => scene.engine.stop());

function firstOf({ receipts: [first] }: PaymentRecord): Receipt {
  if (first === undefined) throw new Error('no receipt');
  return first;
}

/** Every refusal changes nothing, and says in Vietnamese what to do. */
async function expectRefused(command: object, code: string, sentence: string): Promise<void> {
  const before = await scene.receiptsOf(receipt.paymentId);
  expect(await scene.run(command)).toEqual({ kind: 'refused', code, explanation: expect.stringContaining(sentence) });
  expect(await scene.receiptsOf(receipt.paymentId)).toEqual(before);
}

describe('what the law does not know', () => {
  it.each([
    ['adjustment', 'Không có biên lai điều chỉnh tăng, giảm: Điều 20 Thông tư 91/2026/TT-BTC'],
    ['cancellation', 'Không hủy suông biên lai: Điều 20 Thông tư 91/2026/TT-BTC'],
  ])('is refused with its reason: %s', async (way, sentence) => {
    const { wrong, ...correction } = aNotice(receipt, { way }).correction;
    await expectRefused({ action: 'propose', by: 'kt-01', correction }, way, sentence);
  });

  it('is a new receipt for a wrong name or address, which a notice mends', async () => {
    const payer = { name: 'Nguyễn Văn Anh', address: null };
    await expectRefused(aReplacement(receipt, { payer }), 'notice-suffices', 'Hãy lập thông báo 04/SS-CTĐT');
  });
});

describe('a proposal', () => {
  it('that changes nothing is refused', async () => {
    const same = { name: receipt.content.payer.name };
    await expectRefused(aReplacement(receipt, { payer: same }), 'nothing-changes', 'giống hệt');
  });

  it('about what does not exist is refused', async () => {
    const { correction } = aReplacement(receipt);
    const named = { ...correction.receipt, number: 99_999 };
    await expectRefused(aReplacement(receipt, { receipt: named }), 'no-receipt', 'ký hiệu và số này');
    await expectRefused(aReplacement(receipt, { paymentId: '48620391751101' }), 'no-payment', '14 chữ số');
    await expectRefused(aDecision(aReplacement(receipt)), 'no-correction', 'từ danh sách');
  });

  it.each([
    [{ feeCode: 'QN-006', quantity: 3, amountVnd: 84_000 }, 'exceeds-money', 'nhiều nhất là 28.000\u00a0đ'],
    [{ feeCode: 'QN-007', quantity: 1, amountVnd: 14_000 }, 'leaves-money', 'ít nhất là 28.000\u00a0đ'],
    [{ feeCode: 'QN-006', quantity: 1, amountVnd: 27_000 }, 'wrong-price', '28.000\u00a0đ hoặc 0\u00a0đ'],
    [{ feeCode: 'QN-999', quantity: 1, amountVnd: 28_000 }, 'unknown-fee', 'QN-999'],
    [{ feeCode: 'QN-005', quantity: 1, amountVnd: 28_000 }, 'other-kind', 'phí và lệ phí không chung'],
  ])('whose line is %j is refused as %s', async (line, code, sentence) => {
    await expectRefused(aReplacement(receipt, { payer: {}, lines: [line] }), code, sentence);
  });

  it('counts the money of the payment’s other receipts', async () => {
    receipt = await scene.putReceipted([{ feeLines: [aFee(), aFee({ kind: 'phi', feeCode: 'QN-005' })] }]);
    const [leFee] = (await scene.receiptsOf(receipt.paymentId)).filter(({ kind }) => kind === 'le-phi');
    if (leFee === undefined) throw new Error('no receipt');
    const lines = [{ feeCode: 'QN-006', quantity: 2, amountVnd: 56_000 }];
    await expectRefused(aReplacement(leFee, { payer: {}, lines }), 'exceeds-money', 'nhiều nhất là 28.000');
  });

  it('for less is possible once the difference was paid back', async () => {
    receipt = await scene.putReceipted([{ feeLines: [aFee({ quantity: 2, amountVnd: 56_000 })] }], {
      refundReservedVnd: 28_000,
      refundedVnd: 28_000,
    });
    const lines = [{ feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }];

    const { replacement } = await scene.correct(aReplacement(receipt, { payer: {}, lines, reason: 'Sai số lượng' }));

    expect(replacement).toMatchObject({ series: '26TAA' });
    const [, right] = await scene.chainOf(receipt.paymentId);
    expect(right?.content).toMatchObject({ totalVnd: 28_000, totalInWords: 'Hai mươi tám nghìn đồng' });
  });

  it('is open to a receipt whose money was all paid back: a refund leaves receipts as they are', async () => {
    receipt = await scene.putReceipted([{}], { refundReservedVnd: 28_000, refundedVnd: 28_000 });
    expect((await scene.correct(aReplacement(receipt))).state).toBe('approved');
  });

  it('names the character that no receipt can print', async () => {
    const payer = { taxCode: '0101234567', name: 'Nguyễn ☃' };
    await expectRefused(aReplacement(receipt, { payer }), 'unprintable', 'payer.name có ký tự "☃" (U+2603)');
    await expectRefused(aReplacement(receipt, { reason: 'Sai MST №1' }), 'unprintable', 'reason có ký tự');
  });
});

describe('a receipt', () => {
  it('that waits for its signature is not corrected', async () => {
    const record = withReceipts(aPaidRecord(), { content: { ...receipt.content, number: 901 } });
    await scene.put(record);
    const waiting = firstOf(record);
    await expectRefused(aReplacement(waiting), 'not-signed', 'Hãy đợi hệ thống ký xong');
    await expectRefused(aNotice(waiting), 'not-signed', 'Hãy đợi hệ thống ký xong');
  });

  it('that waits for a certificate will be signed, and is not replaced meanwhile', async () => {
    const fault = { at: receipt.numberedAt, why: 'the certificate has expired' };
    const record = withReceipts(aPaidRecord(), { content: { ...receipt.content, number: 904 }, fault });
    await scene.put(record);
    await expectRefused(aReplacement(firstOf(record)), 'not-signed', 'Hãy đợi hệ thống ký xong');
  });

  it('that can never be made is replaced by one that can, for whatever is wrong', async () => {
    const fault = { at: receipt.numberedAt, why: 'the receipt cannot be drawn: no glyph' };
    const content = { ...receipt.content, number: 902, payer: { name: 'Nguyễn Văn ☃' } };
    const record = withReceipts(aPaidRecord(), { content, fault });
    await scene.put(record);
    const stuck = firstOf(record);

    await scene.correct(aReplacement(stuck, { payer: { name: 'Nguyễn Văn Ân' }, reason: 'Tên có ký tự lạ' }));
    await scene.finish();

    expect((await scene.chainOf(stuck.paymentId)).map(({ state }) => state)).toEqual(['replaced', 'signed']);
  });

  it('is not made anew for money that the gateway took back', async () => {
    const record = withSignedReceipts(aPaidRecord(), { content: { ...receipt.content, number: 903 } });
    const history = { ...record.payment.history, '01.voided': { at: receipt.numberedAt } };
    await scene.put({ ...record, payment: { ...record.payment, history } });
    receipt = firstOf(record);
    await expectRefused(aReplacement(receipt), 'taken-back', 'Hãy chờ người phụ trách đối soát');
    expect(done(await scene.run(aNotice(receipt))).state).toBe('proposed');
  });
});

describe('a second person', () => {
  it('is needed, also for a refusal', async () => {
    const proposal = aReplacement(receipt);
    done(await scene.run(proposal));
    await expectRefused(aDecision(proposal, { by: 'kt-01' }), 'same-person', 'Hãy nhờ một cán bộ khác');
    const rejection = aDecision(proposal, { by: 'kt-01', action: 'reject', why: 'không còn cần nữa' });
    await expectRefused(rejection, 'same-person', 'Hãy nhờ một cán bộ khác');
  });

  it('is demanded by the write itself', async () => {
    const proposal = aReplacement(receipt);
    done(await scene.run(proposal));
    const found = await scene.needs.ledger.readCase(receipt.paymentId);
    const before = found?.corrections[0];
    if (before === undefined) throw new Error('no correction');
    const after = { ...before, state: 'rejected' as const, checker: before.maker, version: 2 };
    expect(await scene.needs.ledger.reject({ before, after })).toBe('changed');
  });

  it('may refuse, and what is decided stays so', async () => {
    const proposal = aReplacement(receipt);
    done(await scene.run(proposal));
    const rejection = aDecision(proposal, { action: 'reject', why: 'mã số thuế cũ mới đúng' });
    const rejected = done(await scene.run(rejection));

    expect(rejected).toMatchObject({ state: 'rejected', checker: 'kt-02', rejectedBecause: 'mã số thuế cũ mới đúng' });
    expect(done(await scene.run(rejection))).toEqual(rejected);
    await expectRefused(aDecision(proposal), 'wrong-state', 'đã bị từ chối');
    const listed = await scene.run({ action: 'list' });
    expect(JSON.stringify(listed)).not.toContain(proposal.correction.correctionId);
  });

  it('approves on what is true by then', async () => {
    const [first, second] = [aReplacement(receipt), aReplacement(receipt)];
    done(await scene.run(first));
    done(await scene.run(second));
    done(await scene.run(aDecision(first)));
    await expectRefused(aDecision(second), 'replaced', `26TAA ${receipt.content.number + 1}`);
  });

  it('hears what stands in the way of a number', async () => {
    const proposal = aReplacement(receipt);
    done(await scene.run(proposal));
    const units = readUnits({ path: 'test', data: [{ ...scene.needs.units[1] }] });
    const approval = aDecision(proposal);
    expect(await scene.run(approval, { units })).toMatchObject({ code: 'organisation-changed' });
    const seriesLedger = { ...scene.needs.seriesLedger, readSeries: () => Promise.resolve([]) };
    const closed = await scene.run(approval, { declaredSeries: [], seriesLedger });
    expect(closed).toMatchObject({ code: 'no-series', explanation: expect.stringContaining('kế toán của đơn vị') });
    const clock = () => instantSchema.parse('2026-11-01T02:00:00.000Z');
    expect(await scene.run(approval, { clock })).toMatchObject({ code: 'try-later' });
    expect(done(await scene.run(approval)).state).toBe('approved');
  });
});
