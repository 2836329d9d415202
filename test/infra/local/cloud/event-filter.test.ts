import { describe, expect, it } from '@jest/globals';
import { makeEventFilter } from '#infra/local/cloud/event-filter.ts';

const paid = {
  eventName: 'MODIFY',
  dynamodb: { NewImage: { entity: { S: 'payment' }, state: { S: 'paid' }, amount: { N: '28000' } } },
};

const matches = (pattern: unknown, event: unknown = paid) => makeEventFilter([JSON.stringify(pattern)]).matches(event);

describe('an event filter', () => {
  it('passes everything when there is no pattern', () => {
    expect(makeEventFilter([]).matches({})).toBe(true);
  });

  it('passes an event when one of the patterns fits', () => {
    const filter = makeEventFilter([
      JSON.stringify({ eventName: ['REMOVE'] }),
      JSON.stringify({ eventName: ['MODIFY'] }),
    ]);

    expect(filter.matches(paid)).toBe(true);
    expect(filter.matches({ eventName: 'INSERT' })).toBe(false);
  });

  it('wants every name of a pattern to fit', () => {
    const pattern = {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { entity: { S: ['payment'] }, state: { S: ['paid'] } } },
    };

    expect(matches(pattern)).toBe(true);
    expect(matches(pattern, { ...paid, eventName: 'REMOVE' })).toBe(false);
    expect(matches(pattern, { eventName: 'INSERT', dynamodb: { NewImage: { entity: { S: 'payment' } } } })).toBe(false);
    expect(matches(pattern, { eventName: 'REMOVE' })).toBe(false);
  });

  it.each([
    [{ prefix: 'pa' }, true],
    [{ suffix: 'id' }, true],
    [{ prefix: 'x' }, false],
    [{ exists: true }, true],
    [{ exists: false }, false],
    [{ 'equals-ignore-case': 'PAID' }, true],
    [{ 'anything-but': ['open'] }, true],
    [{ 'anything-but': ['paid'] }, false],
    [{ 'anything-but': { prefix: 'pa' } }, false],
  ])('reads the operator %j', (rule, expected) => {
    expect(matches({ dynamodb: { NewImage: { state: { S: [rule] } } } })).toBe(expected);
  });

  it.each([
    [['>', 0], true],
    [['>=', 28_000, '<', 28_001], true],
    [['=', 1], false],
    [['<=', 27_999], false],
  ])('reads the numeric range %j of a number that DynamoDB writes as text', (numeric, expected) => {
    expect(matches({ dynamodb: { NewImage: { amount: { N: [{ numeric }] } } } })).toBe(expected);
  });

  it('reads $or', () => {
    const pattern = { $or: [{ eventName: ['REMOVE'] }, { dynamodb: { NewImage: { state: { S: ['paid'] } } } }] };

    expect(matches(pattern)).toBe(true);
    expect(matches(pattern, { eventName: 'INSERT' })).toBe(false);
  });

  it('finds nothing in a prototype', () => {
    expect(matches({ toString: [{ exists: true }] })).toBe(false);
  });

  it('refuses an operator that it does not know, naming field and operator', () => {
    expect(() => matches({ eventName: [{ wildcard: '*' }] })).toThrow(/"eventName" uses the operator "wildcard"/);
  });
});
