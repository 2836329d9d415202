import { describe, expect, it } from '@jest/globals';
import { matchRoute } from '#infra/local/cloud/http-routes.ts';

const routes = [
  'ANY /callbacks/{gateway}/{merchant}',
  'GET /v1/payments/{paymentId}',
  'POST /v1/payments/{paymentId}/attempts',
  'POST /v1/payments',
  'ANY /files/{path+}',
  'GET /files/list',
  'POST /callbacks/{gateway}/special',
].map((routeKey) => ({ routeKey, functionId: routeKey }));

describe('matching a route', () => {
  it.each([
    ['POST', '/v1/payments', 'POST /v1/payments', {}],
    ['GET', '/v1/payments/123', 'GET /v1/payments/{paymentId}', { paymentId: '123' }],
    ['POST', '/v1/payments/123/attempts', 'POST /v1/payments/{paymentId}/attempts', { paymentId: '123' }],
    ['PUT', '/callbacks/vnpay/a', 'ANY /callbacks/{gateway}/{merchant}', { gateway: 'vnpay', merchant: 'a' }],
    ['POST', '/callbacks/vnpay/special', 'POST /callbacks/{gateway}/special', { gateway: 'vnpay' }],
    ['GET', '/files/list', 'GET /files/list', {}],
    ['GET', '/files/a/b', 'ANY /files/{path+}', { path: 'a/b' }],
  ])('%s %s goes to %s', (method, path, routeKey, pathParameters) => {
    expect(matchRoute(routes, method, path)).toMatchObject({ routeKey, pathParameters });
  });

  it.each([
    ['GET', '/v1/payments'],
    ['GET', '/v1/payments/'],
    ['POST', '/v1/payments/1/attempts/2'],
    ['GET', '/callbacks/vnpay'],
    ['GET', '/'],
  ])('%s %s goes nowhere', (method, path) => {
    expect(matchRoute(routes, method, path)).toBeUndefined();
  });

  it('falls back to $default', () => {
    const withDefault = [...routes, { routeKey: '$default', functionId: 'all' }];

    expect(matchRoute(withDefault, 'GET', '/')?.functionId).toBe('all');
    expect(matchRoute(withDefault, 'POST', '/v1/payments')?.functionId).toBe('POST /v1/payments');
  });
});
