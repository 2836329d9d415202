import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeStatement } from '#infra/local/bank/statement-file.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());
beforeEach(() => void journey.logged.splice(0));

const monday = businessDateSchema.parse('2026-11-23');
const address: DayAddress = { gateway: 'vnpay', merchant: 'vpdkdd', day: monday };
const tuesdayMorning = '2026-11-24T01:30:00.000Z';

/** Somebody has been to the bank on Monday; it is Tuesday morning, and the statement is there. */
async function statementAfter(...actions: readonly string[]) {
  const visit = await journey.visitBank('vnpay');
  for (const action of actions) await visit.press(action);
  journey.setClock(tuesdayMorning);
  return { ...visit, statement: await journey.statementOf(address) };
}

const codes = () => new Set(journey.logged.map(({ code }) => code));
const openExceptions = async () =>
  (await journey.dayRecord(address)).exceptions.filter(({ state }) => state !== 'closed');
const aboutPayment = async (paymentId: string) =>
  (await journey.dayRecord(address)).exceptions.filter((exception) => exception.paymentId === paymentId);

describe('a statement', () => {
  it('that agrees with the ledger leaves a run, and nothing for anybody to do', async () => {
    const { paymentId, statement } = await statementAfter('pay');
    await journey.issue([paymentId]);

    await journey.arrive(address, statement);

    const { day, runs, exceptions } = await journey.dayRecord(address);
    expect(exceptions).toEqual([]);
    expect(day).toMatchObject({ file: { revision: 1, rows: 1 }, latest: { number: 1 } });
    expect(runs[0]?.figures).toMatchObject({
      classes: { KHOP: { count: 1, sum: 28_000, statementVnd: 28_000, ledgerVnd: 28_000 } },
      ledger: { paid: { count: 1, sum: 28_000 }, receipted: { count: 1 }, unconfirmed: { count: 1 } },
    });
  });

  it('whose money we never heard of has its payment settled, receipted with the date of today, and confirmed', async () => {
    const { paymentId, statement } = await statementAfter('pay-silently');

    await journey.arrive(address, statement);

    const { payment, receipts } = await journey.record(paymentId);
    expect(payment).toMatchObject({ state: 'paid', settlement: { businessDate: monday } });
    expect(receipts.map(({ state, content }) => [state, content.issuedOn])).toEqual([['signed', '2026-11-24']]);
    const [exception, ...others] = await aboutPayment(paymentId);
    expect(others).toEqual([]);
    expect(exception).toMatchObject({ class: 'THIEU_NOI_BO', state: 'closed', outcome: 'explained' });
    expect(exception?.trail.map(({ did }) => did)).toEqual(['found', 'noted', 'explained']);
    expect(exception?.trail[1]?.note).toContain('cổng xác nhận đã thu tiền');
    await journey.send([paymentId]);
    expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('whose payment has no receipt has it issued at once, and somebody asks why it was missing', async () => {
    const { paymentId, statement } = await statementAfter('pay');

    await journey.arrive(address, statement);

    expect((await journey.record(paymentId)).receipts).toHaveLength(1);
    expect(await aboutPayment(paymentId)).toMatchObject([{ class: 'THIEU_BIEN_LAI', outcome: 'explained' }]);
    expect(codes()).toContain('RECEIPT_WAS_MISSING');
  });

  it('that arrives again changes no book', async () => {
    const { paymentId, statement } = await statementAfter('pay-silently');
    const name = await journey.arrive(address, statement);
    const before = await journey.dayRecord(address);

    await journey.arrive(address, statement, { name });
    await journey.arrive(address, statement);

    const { day, runs, exceptions } = await journey.dayRecord(address);
    expect({ runs, exceptions }).toEqual({ runs: before.runs, exceptions: before.exceptions });
    expect(day).toMatchObject({ file: before.day?.file, books: before.day?.books, latest: before.day?.latest });
    expect((await journey.record(paymentId)).receipts).toHaveLength(1);
  });

  it('that is faulty is refused whole, with its lines, and what counted before still counts', async () => {
    const { statement } = await statementAfter('pay');
    await journey.arrive(address, statement);
    const before = (await journey.dayRecord(address)).day;

    await journey.arrive(address, statement.replace('28000|00', '82000|00'));

    const { day, refusals } = await journey.dayRecord(address);
    expect(day?.file).toEqual(before?.file);
    expect(refusals.at(-1)?.faults.map(({ code }) => code)).toContain('wrong-digest');
    expect(codes()).toContain('STATEMENT_REFUSED');
  });

  it('of an account that is none of ours is not even read', async () => {
    await journey.arrive({ ...address, merchant: 'ai-do' }, 'HDR|');

    expect(codes()).toEqual(new Set(['STATEMENT_MISPLACED']));
  });

  it('that arrives several times at once ends in the books of one arrival', async () => {
    const { paymentId, statement } = await statementAfter('pay-silently');

    await Promise.all([1, 2, 3].map((count) => journey.arrive(address, statement, { name: `cung-luc-${count}.txt` })));
    await journey.arrive(address, statement, { name: 'cung-luc-1.txt' });

    expect(await openExceptions()).toEqual([]);
    const { payment, receipts } = await journey.record(paymentId);
    expect([payment.state, receipts.length]).toEqual(['paid', 1]);
    const { day } = await journey.dayRecord(address);
    expect(day).not.toHaveProperty('running');
  });

  it('is compared to its end although one gateway answer and one payment stand in the way', async () => {
    const stuck = await statementAfter('pay-silently');
    const { paymentId, statement } = await statementAfter('pay-silently');
    const { askAttempt } = journey.needs;

    await journey.arrive(address, statement, {
      askAttempt: (payment, attempt, told) =>
        payment.paymentId === stuck.paymentId
          ? Promise.reject(new Error('broken'))
          : askAttempt(payment, attempt, told),
    });

    expect((await journey.record(paymentId)).payment.state).toBe('paid');
    expect((await journey.record(stuck.paymentId)).payment.state).toBe('open');
    expect(await aboutPayment(stuck.paymentId)).toMatchObject([
      {
        class: 'THIEU_NOI_BO',
        state: 'open',
        trail: [{ did: 'found' }, { did: 'noted', note: 'Không hỏi được cổng: Error: broken' }],
      },
    ]);

    await journey.arrive(address, statement);
    expect(await openExceptions()).toEqual([]);
  });

  it('accuses nobody whom the index has only forgotten', async () => {
    const { paymentId, statement } = await statementAfter('pay');
    await journey.issue([paymentId]);
    const { ledgerDays } = journey.needs;

    await journey.arrive(address, statement, {
      ledgerDays: {
        ...ledgerDays,
        async *readDay() {
          yield [];
        },
      },
    });

    expect(await openExceptions()).toEqual([]);
  });
});

describe('money that the gateway does not list', () => {
  it('is asked about: what the gateway says is noted once, and never undoes the money', async () => {
    const { paymentId, press } = await statementAfter('pay');
    await journey.issue([paymentId]);
    const last = (await journey.statementOf(address)).split('\n').filter((line) => line.startsWith('DTL')).length - 1;
    const lacking = await journey.statementOf(address, { without: [last] });
    const notesOf = async () =>
      (await aboutPayment(paymentId)).flatMap(({ trail }) =>
        trail.filter(({ did }) => did === 'noted').map(({ note }) => note),
      );

    await journey.arrive(address, lacking, { askAttempt: () => Promise.resolve([]) });
    await journey.arrive(address, lacking);
    await journey.arrive(address, lacking);
    expect(await notesOf()).toEqual([
      expect.stringContaining('chưa có câu trả lời chắc chắn'),
      expect.stringContaining('Sao kê ghi thiếu'),
    ]);
    expect(await aboutPayment(paymentId)).toMatchObject([{ state: 'open', dueAt: '2026-11-26T10:00:00.000Z' }]);

    await press('fail-silently');
    await journey.arrive(address, lacking);
    await journey.arrive(address, lacking);

    expect((await notesOf()).slice(2)).toEqual([expect.stringContaining('tiền trong sổ giữ nguyên')]);
    expect(await aboutPayment(paymentId)).toMatchObject([
      { class: 'THIEU_DOI_TAC', state: 'open', dueAt: '2026-11-24T10:00:00.000Z' },
    ]);
    const { payment, receipts } = await journey.record(paymentId);
    expect(payment).toMatchObject({ state: 'paid', attempts: { '01': { outcome: 'succeeded' } } });
    expect(receipts.map(({ state }) => state)).toEqual(['signed']);
  });

  it('is held for a day, and explained by the file of the next day', async () => {
    const { paymentId, statement } = await statementAfter('pay');
    await journey.issue([paymentId]);
    const last = statement.split('\n').filter((line) => line.startsWith('DTL')).length - 1;
    const tuesday = { ...address, day: businessDateSchema.parse('2026-11-24') };

    await journey.arrive(address, await journey.statementOf(address, { without: [last] }));
    expect(await aboutPayment(paymentId)).toMatchObject([{ class: 'THIEU_DOI_TAC', state: 'open' }]);

    const [, reference = '', transactionId = ''] = statement.split('\n')[last + 1]?.split('|') ?? [];
    const at = instantSchema.parse('2026-11-23T17:00:05.000Z');
    const row = { reference, transactionId, at, amountVnd: 28_000, bankCode: '' } as const;
    await journey.arrive(
      tuesday,
      writeStatement('vnpay', tuesday.day, [{ ...row, kind: 'payment', status: 'success' }]),
    );

    expect((await aboutPayment(paymentId)).map(({ state, outcome }) => outcome ?? state)).toEqual(['explained']);
  });
});
