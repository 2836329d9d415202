import { describe, expect, it } from '@jest/globals';
import { paymentIdSchema } from '#schemas/ids.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { AnswerSheet } from '#shared/processes/answer-sheet.ts';
import { answerToError } from '#shared/processes/answer-to-error.ts';

describe('the answers of a run', () => {
  const paymentId = paymentIdFrom(1);
  const [later, fault] = [{ kind: 'later', why: 'away' } as const, { kind: 'fault', why: 'broken' } as const];

  it('are "done" unless something was found', () => {
    expect(new AnswerSheet([paymentId]).answers()).toEqual(new Map([[paymentId, { kind: 'done' }]]));
  });

  it.each([
    ['a fault outweighs a delay', [later, fault], fault],
    ['in either order', [fault, later], fault],
    ['a delay outweighs "done"', [later, { kind: 'done' } as const], later],
    ['of two alike the first counts', [later, { ...later, why: 'elsewhere' }], later],
  ])('keep the gravest: %s', (_case, given, kept) => {
    const sheet = new AnswerSheet([paymentId]);
    for (const answer of given) sheet.put(paymentId, answer);

    expect(sheet.answers().get(paymentId)).toEqual(kept);
  });
});

describe('what an error means for a payment', () => {
  it('is a fault when a rule is broken or a record unreadable, without what stood there', () => {
    const unreadable = paymentIdSchema.safeParse('Nguyễn Văn An').error;

    expect(answerToError(new BrokenInvariant('no settlement'))).toEqual({
      kind: 'fault',
      why: 'BrokenInvariant: no settlement',
    });
    expect(answerToError(unreadable)).toMatchObject({
      kind: 'fault',
      why: expect.stringContaining('must be 14 digits'),
    });
    expect(JSON.stringify(answerToError(unreadable))).not.toContain('Nguyễn');
  });

  it('is a delay otherwise: unknown is not failed', () => {
    expect(answerToError(Object.assign(new Error('no answer'), { name: 'TimeoutError' }))).toEqual({
      kind: 'later',
      why: 'TimeoutError: no answer',
    });
    expect(answerToError('a string')).toMatchObject({ kind: 'later' });
  });
});
