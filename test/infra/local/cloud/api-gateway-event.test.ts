import { describe, expect, it } from '@jest/globals';
import { buildHttpEvent, type ReceivedRequest } from '#infra/local/cloud/api-gateway-event.ts';
import type { MatchedRoute } from '#infra/local/cloud/http-routes.ts';

const route: MatchedRoute = {
  routeKey: 'ANY /callbacks/{gateway}/{merchant}',
  functionId: 'accept',
  pathParameters: { gateway: 'vnpay', merchant: 'ttpvhcc' },
};
const facts = { requestId: 'request-1', now: new Date('2026-11-22T02:15:30.000Z'), domainName: 'localhost' };

function eventOf(request: Partial<ReceivedRequest>) {
  const received = {
    method: 'GET',
    target: '/callbacks/vnpay/ttpvhcc',
    rawHeaders: [],
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
  };
  return buildHttpEvent({ ...received, ...request }, route, facts);
}

describe('an API Gateway event', () => {
  it('hands the query string on byte for byte, since signatures cover it', () => {
    const query = 'vnp_OrderInfo=Thanh+to%C3%A1n%2c%20x&vnp_Amount=1&vnp_Amount=2&empty=&flag&%zz';

    const event = eventOf({ target: `/callbacks/vnpay/ttpvhcc?${query}` });

    expect(event.rawQueryString).toBe(query);
    expect(event.queryStringParameters).toMatchObject({ vnp_Amount: '1,2', empty: '', vnp_OrderInfo: 'Thanh toán, x' });
  });

  it('keeps everything after the first question mark, also another one', () => {
    expect(eventOf({ target: '/callbacks/vnpay/ttpvhcc?a=1?b=2' }).rawQueryString).toBe('a=1?b=2');
  });

  it('has no query parameters when there is no query', () => {
    const event = eventOf({});

    expect(event.rawQueryString).toBe('');
    expect(event).not.toHaveProperty('queryStringParameters');
  });

  it('decodes the path, as an HTTP API does', () => {
    expect(eventOf({ target: '/callbacks/vnpay/t%74pvhcc' }).rawPath).toBe('/callbacks/vnpay/ttpvhcc');
  });

  it('leaves a path with a broken escape as it is', () => {
    expect(eventOf({ target: '/callbacks/%E0%A4%A/x' }).rawPath).toBe('/callbacks/%E0%A4%A/x');
  });

  it('writes header names in small letters, joins repeated ones, and puts cookies apart', () => {
    const rawHeaders = [
      'X-Forwarded-For',
      '203.0.113.7',
      'x-forwarded-for',
      '198.51.100.1',
      'Cookie',
      'a=1; b=2',
      'Cookie',
      'c=3',
    ];

    const event = eventOf({ rawHeaders });

    expect(event.headers).toEqual({ 'x-forwarded-for': '203.0.113.7,198.51.100.1' });
    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3']);
  });

  it('takes a header by the name of a prototype member for what it is', () => {
    expect(Object.hasOwn(eventOf({ rawHeaders: ['__proto__', 'x'] }).headers, '__proto__')).toBe(true);
  });

  it.each([
    ['application/json; charset=UTF-8', '{"a":"á"}', false],
    ['text/plain', 'á', false],
    ['application/xml', '<a/>', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/problem+json', '{}', true],
    ['application/octet-stream', 'x', true],
  ])('hands a body of type %s on as text or in base64 as API Gateway does', (contentType, text, isBase64Encoded) => {
    const event = eventOf({ method: 'POST', rawHeaders: ['Content-Type', contentType], body: Buffer.from(text) });

    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(text);
  });

  it('hands bytes that are no UTF-8 on in base64, whatever they are called', () => {
    const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);

    const event = eventOf({ method: 'POST', rawHeaders: ['content-type', 'application/json'], body });

    expect(event).toMatchObject({ isBase64Encoded: true, body: body.toString('base64') });
  });

  it('has no body when none came', () => {
    const event = eventOf({ method: 'POST' });

    expect(event).not.toHaveProperty('body');
    expect(event.isBase64Encoded).toBe(false);
  });

  it('tells route, address, time and path parameters', () => {
    expect(eventOf({ sourceIp: '203.0.113.7' })).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /callbacks/{gateway}/{merchant}',
      pathParameters: { gateway: 'vnpay', merchant: 'ttpvhcc' },
      requestContext: {
        http: { method: 'GET', path: '/callbacks/vnpay/ttpvhcc', sourceIp: '203.0.113.7' },
        stage: '$default',
        time: '22/Nov/2026:02:15:30 +0000',
        timeEpoch: 1_795_313_730_000,
      },
    });
  });

  it('carries claims and scopes of a token', () => {
    const token = { claims: { client_id: 'one-stop-system' }, scopes: ['payments:read'] };

    const event = buildHttpEvent(
      { method: 'GET', target: '/', rawHeaders: [], body: Buffer.alloc(0), sourceIp: '' },
      route,
      { ...facts, token },
    );

    expect(event.requestContext).toMatchObject({ authorizer: { jwt: token } });
  });
});
