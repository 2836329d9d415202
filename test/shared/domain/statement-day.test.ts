import { describe, expect, it } from '@jest/globals';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import {
  beginRun,
  bookOn,
  endRun,
  mayWrite,
  mostRevisions,
  type StatementDay,
  takeFile,
} from '#shared/domain/statement-day.ts';
import { digestNamed, monday, tuesdayMorning } from '#test/support/reconciliation-scene.ts';

const address = { gateway: 'vnpay', merchant: 'don-vi-1', day: monday };
const offered = (name: string) => ({
  name,
  summary: {
    digest: digestNamed(name),
    rows: 1,
    successCount: 1,
    successSumVnd: 1,
    firstPaidAt: undefined,
    lastPaidAt: undefined,
  },
});

function taken(day: StatementDay | undefined, name: string): StatementDay {
  const decision = takeFile(address, day, offered(name), tuesdayMorning);
  if (decision.kind !== 'take') throw new Error(decision.kind);
  return decision.move.after;
}

function begun(day: StatementDay) {
  const beginning = beginRun(day, tuesdayMorning);
  if (beginning === undefined) throw new Error('no file');
  return { ticket: beginning.ticket, day: beginning.move.after };
}

describe('a day of the reconciliation', () => {
  it('takes so many corrected files and no more, so that no sender fills the table', () => {
    let day: StatementDay | undefined;
    for (let revision = 1; revision <= mostRevisions; revision += 1) day = taken(day, `file-${revision}`);
    expect(day?.file?.revision).toBe(mostRevisions);
    expect(takeFile(address, day, offered('one more'), tuesdayMorning).kind).toBe('too-many');
  });

  it('moves its books with files and runs that found something new, and its version with everything', () => {
    const withFile = taken(undefined, 'a');
    const { day, ticket } = begun(withFile);
    const idle = endRun(day, undefined).after;
    const latest = { number: ticket.number, statement: ticket.statement, recordedAt: tuesdayMorning, exceptions: 0 };
    const recorded = endRun(day, latest).after;
    expect([withFile, day, idle, recorded].map(({ books, version }) => [books, version])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
  });

  it('lets only the run write that began last, and none after another file', () => {
    const first = begun(taken(undefined, 'a'));
    const second = begun(first.day);
    expect([mayWrite(first.day, first.ticket), mayWrite(second.day, first.ticket)]).toEqual([true, false]);
    expect(mayWrite(taken(second.day, 'b'), second.ticket)).toBe(false);
    expect(second.ticket.number).toBe(first.ticket.number);
  });

  it('books nothing once it is closed', () => {
    const day: StatementDay = { ...taken(undefined, 'a'), closing: 'closed' };
    expect(() => bookOn(address, day)).toThrow(BrokenInvariant);
  });
});
