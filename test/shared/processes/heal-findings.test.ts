import { describe, expect, it } from '@jest/globals';
import type { PaymentId } from '#schemas/ids.ts';
import { nameFindings } from '#shared/domain/exception.ts';
import type { HeardNews } from '#shared/domain/heard-news.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { ProcessAnswer } from '#shared/domain/ports.ts';
import { type HealableFinding, type HealingNeeds, healFindings } from '#shared/processes/heal-findings.ts';
import { anOpenRecord, withAttempt } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';
import { aFinding, anAccountDay } from '#test/support/reconciliation-scene.ts';

const account = { gateway: 'vnpay', merchant: 'ttpvhcc' };
const paidAt = aPaidRecord().payment.settlement?.paidAt ?? null;

/** A payment whose attempt nobody has told us of, and the finding about it. */
function aLostCallback(): { readonly record: PaymentRecord; readonly found: HealableFinding } {
  const open = anOpenRecord();
  const reference = `${open.payment.paymentId}01`;
  return { record: withAttempt(open, '01', { gatewayRef: reference }), found: healable({ reference }) };
}

function healable(changes: object, name: Parameters<typeof aFinding>[0] = 'THIEU_NOI_BO'): HealableFinding {
  const [named] = nameFindings(anAccountDay(), [aFinding(name, changes)]);
  if (named === undefined) throw new Error('no finding');
  return { ...named, paidAt };
}

const done: ProcessAnswer = { kind: 'done' };

function needsWith(records: readonly PaymentRecord[], change: Partial<HealingNeeds> = {}) {
  const asked: (PaymentId | string | null | undefined)[] = [];
  const issued: PaymentId[] = [];
  const logged: LogCode[] = [];
  const needs: HealingNeeds = {
    readRecord: (paymentId) => Promise.resolve(records.find(({ payment }) => payment.paymentId === paymentId)),
    askAttempt: (payment, _attempt, told) => {
      asked.push(payment.paymentId, told?.paidAt);
      return Promise.resolve([]);
    },
    issueReceipts: (paymentIds) => {
      issued.push(...paymentIds);
      return Promise.resolve(new Map(paymentIds.map((paymentId) => [paymentId, done] as const)));
    },
    remainingMilliseconds: () => 900_000,
    logNews: (code) => void logged.push(code),
    ...change,
  };
  return { needs, asked, issued, logged };
}

const heard = (outcome: HeardNews['outcome']) => () => Promise.resolve([{ identity: '1', outcome }]);

describe('money that the gateway has and we do not', () => {
  it('is asked about with the time that the statement gives', async () => {
    const { record, found } = aLostCallback();
    const { needs, asked } = needsWith([record]);

    await healFindings(account, [found], needs);

    expect(asked).toEqual([record.payment.paymentId, paidAt]);
  });

  it.each([
    ['paid', true, 1, 'cổng xác nhận đã thu tiền'],
    ['duplicate', true, 0, 'không dùng để tất toán'],
    ['amount_mismatch', true, 0, 'không dùng để tất toán'],
    ['failed', false, 0, 'trái với sao kê'],
    ['pending', false, 0, 'chưa có kết quả cuối cùng'],
  ] as const)('that is heard of as %s is healed: %s, with %i receipts', async (outcome, isHealed, receipts, words) => {
    const { record, found } = aLostCallback();
    const { needs, issued, logged } = needsWith([record], { askAttempt: heard(outcome) });

    const [treatment] = await healFindings(account, [found], needs);

    expect(treatment).toMatchObject({ isHealed, note: expect.stringContaining(words) });
    expect(issued).toHaveLength(receipts);
    expect(logged).toEqual([isHealed ? 'FINDING_HEALED' : 'FINDING_STANDS']);
  });

  it.each([
    ['success', 'failed', 'trái với sao kê'],
    ['failed', 'failed', 'đúng như sao kê mà trái với sổ'],
    ['failed', 'duplicate', 'Sao kê ghi sai'],
  ] as const)(
    'as %s by the statement and as %s by the gateway says which of the two errs',
    async (status, outcome, words) => {
      const { record, found } = aLostCallback();
      const sides = {
        statementStatus: status,
        ledgerAmountVnd: 28_000,
        ledgerState: status === 'success' ? 'failed' : 'paid',
      };
      const differing = healable({ reference: found.finding.reference, ...sides }, 'LECH_TRANG_THAI');
      const { needs } = needsWith([record], { askAttempt: heard(outcome) });

      expect(await healFindings(account, [differing], needs)).toMatchObject([
        { isHealed: false, note: expect.stringContaining(words) },
      ]);
    },
  );

  it('is asked about although the statement writes the reference in a way of its own', async () => {
    const { record, found } = aLostCallback();
    const otherwise = healable({ reference: `BLQN ${found.finding.reference}` });
    const { needs, asked } = needsWith([record]);

    await healFindings(account, [otherwise], needs);

    expect(asked).toHaveLength(2);
  });

  it('stands when the gateway is silent, and when nothing names an attempt of ours', async () => {
    const { record, found } = aLostCallback();
    const { needs } = needsWith([record]);
    const stranger = healable({ reference: 'chuyen khoan' });
    const otherAttempt = healable({ reference: `${record.payment.paymentId}02` });

    const treatments = await healFindings(account, [found, stranger, otherAttempt], needs);

    expect(treatments.map(({ isHealed }) => isHealed)).toEqual([false, false, false]);
    expect(new Set(treatments.map(({ note }) => note.slice(0, 30)))).toEqual(
      new Set(['Đã hỏi cổng nhưng chưa có câu t', 'Không có lần thanh toán nào ma'].map((note) => note.slice(0, 30))),
    );
  });

  it('holds up nothing else when it cannot be asked about', async () => {
    const [broken, sound] = [aLostCallback(), aLostCallback()];
    const { needs } = needsWith([broken.record, sound.record], {
      askAttempt: (payment) =>
        payment === broken.record.payment ? Promise.reject(new Error('no secret')) : heard('paid')(),
    });

    const treatments = await healFindings(account, [broken.found, sound.found], needs);

    expect(treatments.filter(({ isHealed }) => isHealed)).toHaveLength(1);
    expect(treatments.find(({ isHealed }) => !isHealed)?.note).toBe('Không hỏi được cổng: Error: no secret');
  });

  it('is left for the next run when time is short', async () => {
    const { record, found } = aLostCallback();
    const { needs, asked } = needsWith([record], { remainingMilliseconds: () => 119_999 });

    expect(await healFindings(account, [found], needs)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('money that we have and the statement has not', () => {
  /** A settled payment, and the finding about it. */
  function ourMoney() {
    const record = aPaidRecord();
    const { gatewayRef = null, transactionId = null, identity = '' } = record.payment.settlement ?? {};
    const sides = { statementAmountVnd: null, ledgerAmountVnd: 28_000, ledgerState: 'paid' };
    return { record, identity, found: healable({ reference: gatewayRef, transactionId, ...sides }, 'THIEU_DOI_TAC') };
  }

  it.each([
    ['confirms it', 'duplicate', 'cổng xác nhận đã thu khoản này', undefined],
    ['denies it', 'failed', 'trái với sổ; tiền trong sổ giữ nguyên', true],
    ['took it back', 'voided', 'trái với sổ; tiền trong sổ giữ nguyên', true],
    ['does not know yet', 'pending', 'chưa có kết quả cuối cùng', undefined],
  ] as const)(
    'is asked about; that the gateway %s is noted, and nothing is undone',
    async (_says, outcome, words, isUrgent) => {
      const { record, identity, found } = ourMoney();
      const { needs, issued, logged } = needsWith([record], {
        askAttempt: () => Promise.resolve([{ identity, outcome }]),
      });

      const [treatment] = await healFindings(account, [found], needs);

      expect(treatment).toMatchObject({ isHealed: false, note: expect.stringContaining(words) });
      expect(treatment?.isUrgent).toBe(isUrgent);
      expect([issued, logged]).toEqual([[], ['FINDING_STANDS']]);
    },
  );

  it('is not taken for confirmed when the gateway knows other money of the same request only', async () => {
    const { record, found } = ourMoney();
    const { needs } = needsWith([record], { askAttempt: heard('duplicate') });

    expect(await healFindings(account, [found], needs)).toMatchObject([
      { note: expect.stringContaining('một khoản thu khác') },
    ]);
  });

  it('waits when the gateway says nothing', async () => {
    const { record, found } = ourMoney();
    const { needs } = needsWith([record]);

    expect(await healFindings(account, [found], needs)).toMatchObject([
      { note: expect.stringContaining('chưa có câu trả lời chắc chắn') },
    ]);
  });
});

describe('a receipt that is missing', () => {
  it('is issued, and somebody is told that it was', async () => {
    const { payment } = aPaidRecord();
    const { needs, issued, logged } = needsWith([]);

    const treatments = await healFindings(
      account,
      [healable({ reference: `${payment.paymentId}01` }, 'THIEU_BIEN_LAI')],
      needs,
    );

    expect(treatments).toMatchObject([{ isHealed: true, note: 'Biên lai còn thiếu đã được lập.' }]);
    expect(issued).toEqual([payment.paymentId]);
    expect(logged).toEqual(['RECEIPT_WAS_MISSING', 'FINDING_HEALED']);
  });

  it('that cannot be issued is noted with the reason', async () => {
    const { payment } = aPaidRecord();
    const found = healable({ reference: `${payment.paymentId}01` }, 'THIEU_BIEN_LAI');
    const fault: ProcessAnswer = { kind: 'fault', why: 'the series is closed' };
    const refused = needsWith([], { issueReceipts: () => Promise.resolve(new Map([[payment.paymentId, fault]])) });
    const broken = needsWith([], { issueReceipts: () => Promise.reject(new Error('no table')) });

    expect(await healFindings(account, [found], refused.needs)).toMatchObject([
      { isHealed: false, note: 'Chưa lập được biên lai: the series is closed' },
    ]);
    expect(await healFindings(account, [found], broken.needs)).toMatchObject([
      { isHealed: false, note: 'Chưa lập được biên lai: Error: no table' },
    ]);
  });
});

describe('everything else', () => {
  it('waits for a person', async () => {
    const classes = ['LECH_TIEN', 'TRUNG', 'BIEN_LAI_THUA', 'HOAN', 'SAI_TAI_KHOAN'] as const;
    const { needs, asked, issued } = needsWith([]);

    expect(
      await healFindings(
        account,
        classes.map((name) => healable({ ledgerAmountVnd: null }, name)),
        needs,
      ),
    ).toEqual([]);
    expect([...asked, ...issued]).toEqual([]);
  });
});
