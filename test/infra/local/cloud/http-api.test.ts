import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { ReceivedRequest } from '#infra/local/cloud/api-gateway-event.ts';
import { passEdge } from '#infra/local/cloud/edge.ts';
import { largestRequestBytes, makeHttpApi } from '#infra/local/cloud/http-api.ts';
import type { Authorization } from '#infra/local/cloud/jwt-authorizer.ts';

const granted: Authorization = {
  kind: 'granted',
  token: { claims: { client_id: 'one-stop-system' }, scopes: ['payments:read'] },
};

function apiOf(handler: (event: unknown) => unknown, authorization: Authorization = granted) {
  const faults: string[] = [];
  const api = makeHttpApi({
    routes: [
      { routeKey: 'GET /open', functionId: 'f' },
      { routeKey: 'GET /guarded', functionId: 'f', guard: { authorizerId: 'a', scopes: ['payments:read'] } },
    ],
    authorizerOf: () => ({ authorize: async () => authorization }),
    functionOf: () => async (event) => handler(event),
    domainName: 'localhost',
    onFault: (what) => faults.push(what),
  });
  return { api, faults };
}

const requestOf = (target: string, more: Partial<ReceivedRequest> = {}): ReceivedRequest => ({
  method: 'GET',
  target,
  rawHeaders: [],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...more,
});

describe('the local HTTP API', () => {
  it('hands status, headers, cookies and base64 bodies of a function on', async () => {
    const { api } = apiOf(() => ({
      statusCode: 201,
      headers: { 'Content-Type': 'application/pdf', 'x-number': 7 },
      cookies: ['a=1', 'b=2'],
      body: 'AP8=',
      isBase64Encoded: true,
    }));

    expect(await api(requestOf('/open'))).toEqual({
      status: 201,
      headers: [
        ['content-type', 'application/pdf'],
        ['x-number', '7'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      body: Buffer.from([0, 255]),
    });
  });

  it('takes a result without a status for the JSON body of a 200', async () => {
    const answer = await apiOf(() => ({ hello: 'world' })).api(requestOf('/open'));

    expect(answer).toMatchObject({ status: 200, body: Buffer.from('{"hello":"world"}') });
  });

  it('answers 404 without asking a function when there is no route', async () => {
    const { api } = apiOf(() => Promise.reject(new Error('must not be called')));

    expect(await api(requestOf('/nowhere'))).toMatchObject({
      status: 404,
      body: Buffer.from('{"message":"Not Found"}'),
    });
  });

  it('answers 413 to a body that is larger than API Gateway takes', async () => {
    const { api } = apiOf(() => Promise.reject(new Error('must not be called')));
    const body = Buffer.alloc(largestRequestBytes + 1);

    expect(await api(requestOf('/open', { body }))).toMatchObject({ status: 413 });
  });

  it.each([401, 403] as const)('answers %i with the challenge when the token does not do', async (status) => {
    const refused: Authorization = { kind: 'refused', status, challenge: 'Bearer' };
    const { api } = apiOf(() => Promise.reject(new Error('must not be called')), refused);

    const answer = await api(requestOf('/guarded'));

    expect(answer.status).toBe(status);
    expect(answer.headers).toContainEqual(['www-authenticate', 'Bearer']);
  });

  it('gives a function the claims of the token', async () => {
    const { api } = apiOf((event) => ({ statusCode: 200, body: JSON.stringify(event) }));

    const answer = await api(requestOf('/guarded'));

    const event = z
      .object({ requestContext: z.object({ authorizer: z.unknown() }) })
      .parse(JSON.parse(answer.body.toString()));
    expect(event.requestContext.authorizer).toMatchObject({ jwt: { claims: { client_id: 'one-stop-system' } } });
  });

  it.each([
    ['throws', () => Promise.reject(new Error('broken'))],
    ['gives no usable result', () => ({ statusCode: 'none' })],
  ])('answers a bare 500 when a function %s', async (_what, handler) => {
    expect(await apiOf(handler).api(requestOf('/open'))).toMatchObject({
      status: 500,
      body: Buffer.from('{"message":"Internal Server Error"}'),
    });
  });

  it('tells people what a function threw, but not the caller', async () => {
    const { api, faults } = apiOf(() => Promise.reject(new Error('broken')));
    await api(requestOf('/open'));

    expect(faults[0]).toMatch(/^GET \/open: Error: broken/);
  });
});

describe('the edge', () => {
  it('writes viewer and secret over whatever the caller claims', () => {
    const request = requestOf('/open', {
      rawHeaders: ['X-Origin-Secret', 'guessed', 'X-Viewer-Address', '1.2.3.4', 'Accept', '*/*'],
      sourceIp: '203.0.113.7',
    });

    expect(passEdge(request, 'real').rawHeaders).toEqual([
      'Accept',
      '*/*',
      'x-viewer-address',
      '203.0.113.7',
      'x-origin-secret',
      'real',
    ]);
  });
});
