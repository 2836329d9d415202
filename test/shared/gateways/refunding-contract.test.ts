import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { connectTestAccount, readTestAccount } from '#test/support/gateway-account.ts';
import { aRefund, aRefundQuestion, fieldsOf, requestOf, vnd } from '#test/support/refund-orders.ts';
import { gateways } from '#test/support/registered-gateways.ts';

const refunders = gateways.flatMap((gateway) => {
  const connection = connectTestAccount(gateway);
  const { refunding } = connection;
  return refunding === undefined ? [] : [{ name: gateway.name, gateway, connection, refunding }];
});

/** More of an answer is never read. */
const longest = 256 * 1024;

/** Answers that prove nothing: error pages, fragments, foreign JSON, and more of it than anybody should send. */
const worthlessBodies = [
  ...['[', '{"a":', '"', '1', ' ', '{"vnp_ResponseCode":"00",'].map((piece) => piece.repeat(longest / piece.length)),
  '',
  '<html>502 Bad Gateway</html>',
  '{}',
  '[]',
  'null',
  '0',
  '"00"',
  '{"__proto__":{"return_code":1}}',
];
const worthless: readonly HttpAnswer[] = worthlessBodies.flatMap((body) =>
  [200, 422, 504].map((status) => ({ status, headers: {}, body })),
);

it('the gateways whose documents have an interface for refunds pay back over it; at others a person transfers', () => {
  expect(refunders.map(({ name }) => name)).toEqual(['vnpay', 'momo', 'zalopay']);
});

describe.each(refunders)('a refund at $name', ({ gateway, connection, refunding }) => {
  const order = aRefund(refunding);
  const asked = requestOf(refunding.requestRefund(order));
  const question = aRefundQuestion(refunding);
  const inquiry = refunding.askRefund(question);

  it('has a name of its own that is the same whenever it is made anew, and no name of an attempt', () => {
    const nameOf = (refundId: string) => refunding.refundRefOf(refundId, anInstant);
    expect(nameOf('r1000000000000301')).toBe(nameOf('r1000000000000301'));
    expect(nameOf('r1000000000000302')).not.toBe(nameOf('r1000000000000301'));
    expect(connection.attemptRefOf(nameOf('r1000000000000301'))).toBeUndefined();
  });

  it('is asked for by a complete request in plain ASCII that names the refund, its amount and the money', () => {
    const { request } = requestOf(refunding.requestRefund({ ...order, description: 'Hoàn phí "đất" & thửa ✅' }));
    expect(URL.canParse(request.url)).toBe(true);
    expect(request.method).toBe('POST');
    expect(request.body).toMatch(/^[\x20-\x7e]+$/);
    const values = Object.values(fieldsOf(request)).map(String);
    expect(values).toContain(order.refundRef);
    expect(values).toContain(order.paid.transactionId);
    expect(values.some((value) => value === '28000' || value === '2800000')).toBe(true);
  });

  it('shows no key, neither when it is asked for nor when it is asked about', () => {
    const { secret } = readTestAccount(gateway);
    const keys = Object.values(secret).filter((value) => value.startsWith('test-only-'));
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(asked.request.body + inquiry.request.body).not.toContain(key);
  });

  it('is repeated byte by byte, so that the gateway can see that it is the same', () => {
    expect(requestOf(refunding.requestRefund(aRefund(refunding))).request).toEqual(asked.request);
    const restarted = connectTestAccount(gateway).refunding;
    expect(restarted?.requestRefund(order)).toMatchObject({ request: asked.request });
  });

  it('differs from another refund of the same payment in its name', () => {
    const refundRef = refunding.refundRefOf('r1000000000000302', order.requestedAt);
    const other = aRefund(refunding, { refundRef, amountVnd: vnd(5_000), otherRefundsVnd: [vnd(10_000)] });
    const { request } = requestOf(refunding.requestRefund(other));
    expect(request.body).toContain(refundRef);
    expect(request.body).not.toContain(order.refundRef);
  });

  it('takes names as long as the port allows', () => {
    const refundRef = refunding.refundRefOf('z'.repeat(26), order.requestedAt);
    expect(requestOf(refunding.requestRefund({ ...order, refundRef })).request.body).toContain(refundRef);
    expect(() => refunding.askRefund({ ...question, refundRef })).not.toThrow();
  });

  it('is asked about by a request that cannot be taken for an order to pay back', () => {
    const told = { url: inquiry.request.url, command: fieldsOf(inquiry.request)['vnp_Command'] };
    expect(told).not.toEqual({ url: asked.request.url, command: fieldsOf(asked.request)['vnp_Command'] });
    expect(fieldsOf(inquiry.request)).not.toHaveProperty('amount');
    expect(fieldsOf(inquiry.request)).not.toHaveProperty('vnp_Amount');
  });

  it('is asked about by another request each time', () => {
    const askedAt = instantAfter(question.askedAt, 1_000);
    const later = refunding.askRefund({ ...question, askedAt, requestId: 'q1000000000000301m9x0y1z3' });
    expect(later.request.body).not.toBe(inquiry.request.body);
  });

  it('stays unknown by an answer that proves nothing, however large it is', () => {
    for (const answer of worthless) {
      expect(asked.readAnswer(answer).kind).toBe('unknown');
      expect(inquiry.readAnswer(answer).kind).toBe('unknown');
    }
  });

  it('stays unknown by random answers, which never make us throw', () => {
    const bodies = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.webQueryParameters());
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        expect(asked.readAnswer({ status, headers: {}, body }).kind).toBe('unknown');
        expect(inquiry.readAnswer({ status, headers: {}, body }).kind).toBe('unknown');
      }),
      { numRuns: 500 },
    );
  });
});
