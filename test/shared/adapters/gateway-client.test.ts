import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type GatewayClient, type GatewayLimits, makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import type { GatewayRequest } from '#shared/gateways/http-messages.ts';
import {
  answerHalf,
  answerWith,
  type GatewayHost,
  resetConnection,
  startGatewayHost,
  staySilent,
} from '#test/support/gateway-host.ts';

let host: GatewayHost;
let elsewhere: GatewayHost;
beforeAll(async () => {
  host = await startGatewayHost();
  elsewhere = await startGatewayHost();
});
afterAll(() => Promise.all([host.stop(), elsewhere.stop()]));

let logged: { readonly code: LogCode; readonly facts: LogFacts }[];
let now: number;
beforeEach(() => {
  logged = [];
  now = 0;
});

const codes = () => logged.map(({ code }) => code);
const asked = async (work: Promise<unknown>) => {
  const before = host.requests();
  await work.catch(() => undefined);
  return host.requests() - before;
};

/** A client whose patience is short and whose circuits go by the test's clock. */
function makeClient(change: Partial<GatewayLimits> = {}): GatewayClient {
  return makeGatewayClient({
    logNews: (code, facts = {}) => void logged.push({ code, facts }),
    limits: {
      orderMilliseconds: 200,
      questionMilliseconds: 200,
      questionBudget: { milliseconds: 150, firstPause: 1, longestPause: 2 },
      circuit: { silences: 1_000, pauseMilliseconds: 1_000, milliseconds: () => now },
      ...change,
    },
  });
}

const post = (change: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'POST',
  url: host.url,
  headers: { 'content-type': 'application/json', 'x-api-key': 'SECRET-KEY' },
  body: '{"signature":"SECRET-BODY"}',
  ...change,
});

describe('the way to gateways', () => {
  it('carries the request as it is and returns the answer whatever its status', async () => {
    host.behave((request, response) => {
      request.on('data', (body: Buffer) => {
        response.writeHead(418, {
          'x-seen': `${request.method} ${request.url}`,
          'x-key': request.headers['x-api-key'],
        });
        response.end(body);
      });
    });

    const answer = await makeClient().order(post());

    expect(answer).toMatchObject({ status: 418, body: post().body });
    expect(answer.headers).toMatchObject({ 'x-seen': 'POST /api', 'x-key': 'SECRET-KEY' });
  });

  it('sends a GET without a body', async () => {
    host.behave(answerWith(200, 'yes, Đà Nẵng'));

    expect((await makeClient().ask(post({ method: 'GET', body: '' }))).body).toBe('yes, Đà Nẵng');
  });

  it.each([
    ['says nothing', staySilent],
    ['begins to answer and never ends', answerHalf],
    ['breaks the connection', resetConnection],
    ['answers without an end', answerWith(200, 'x'.repeat(256 * 1024 + 1))],
    ['sends us elsewhere', answerWith(307, '', { location: 'http://127.0.0.1:1/' })],
  ])('takes a host that %s for silent, and sends an order once', async (_what, behaviour) => {
    host.behave(behaviour);
    const client = makeClient();

    await expect(client.order(post())).rejects.toBeInstanceOf(GatewaySilent);
    expect(await asked(client.order(post()))).toBe(1);
  });

  it('shows a signed request to no other address', async () => {
    host.behave(answerWith(307, '', { location: elsewhere.url }));

    await asked(makeClient().ask(post()));

    expect(elsewhere.requests()).toBe(0);
  });

  it('takes an answer of just the allowed length', async () => {
    host.behave(answerWith(200, 'x'.repeat(256 * 1024)));

    expect((await makeClient().order(post())).body).toHaveLength(256 * 1024);
  });

  it.each([
    ['a broken connection', resetConnection],
    ['an overloaded proxy', answerWith(503, 'busy')],
  ])('asks again after %s', async (_what, behaviour) => {
    host.behave(behaviour, behaviour, answerWith(200, 'paid'));

    expect(await makeClient().ask(post())).toMatchObject({ status: 200, body: 'paid' });
  });

  it('asks within its budget only, and then gives the last answer', async () => {
    host.behave(answerWith(502, 'bad gateway'));
    const client = makeClient({ questionBudget: { milliseconds: 0, firstPause: 1, longestPause: 1 } });

    expect((await client.ask(post())).status).toBe(502);
  });

  it('asks a silent host once: nobody waits twice', async () => {
    host.behave(staySilent);

    expect(await asked(makeClient().ask(post()))).toBe(1);
  });

  it('does not repeat an order that a proxy answered', async () => {
    host.behave(answerWith(503, 'busy'));

    expect(await asked(makeClient().order(post()))).toBe(1);
  });

  it('logs each request by an id of its own, with neither secret nor body nor address', async () => {
    host.behave(answerWith(200, 'SECRET-ANSWER'), resetConnection);
    const client = makeClient();
    await client.order(post({ url: `${host.url}?token=SECRET-TOKEN` }));
    await asked(client.order(post()));

    expect(codes()).toEqual(['GATEWAY_ANSWERED', 'GATEWAY_SILENT']);
    expect(logged[0]?.facts).toMatchObject({ host: host.host, status: 200, requestId: expect.any(String) });
    expect(logged[0]?.facts['requestId']).not.toBe(logged[1]?.facts['requestId']);
    expect(JSON.stringify(logged)).not.toContain('SECRET');
  });
});

describe('the circuit of a host', () => {
  const threeSilences = { silences: 3, pauseMilliseconds: 1_000, milliseconds: () => now };
  let client: GatewayClient;
  beforeEach(async () => {
    client = makeClient({ circuit: threeSilences });
    host.behave(resetConnection);
    for (let silence = 0; silence < 3; silence += 1) await asked(client.order(post()));
  });

  it('opens after silences in a row: nothing is sent, and that is silence too', async () => {
    host.behave(answerWith(200, 'back'));

    await expect(client.order(post())).rejects.toBeInstanceOf(GatewaySilent);
    expect(await asked(client.ask(post()))).toBe(0);
    expect(codes()).toEqual(['GATEWAY_SILENT', 'GATEWAY_SILENT', 'GATEWAY_SILENT', 'GATEWAY_SPARED']);
  });

  it('holds up no other host', async () => {
    expect((await client.order(post({ url: elsewhere.url }))).status).toBe(200);
  });

  it('lets one request try after a pause, and closes when that is answered', async () => {
    host.behave(answerWith(200, 'back'));
    now = 1_000;

    const [first, second] = await Promise.allSettled([client.order(post()), client.order(post())]);

    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect((await client.order(post())).body).toBe('back');
  });

  it('opens again when the one that tried met silence', async () => {
    now = 1_000;
    expect(await asked(client.order(post()))).toBe(1);
    now = 1_999;
    expect(await asked(client.order(post()))).toBe(0);
    now = 2_000;
    expect(await asked(client.order(post()))).toBe(1);
  });

  it('forgets silences at the first answer, whatever its status', async () => {
    const other = makeClient({ circuit: threeSilences });
    host.behave(resetConnection, resetConnection, answerWith(500, ''), resetConnection, resetConnection);
    for (let request = 0; request < 5; request += 1) await asked(other.order(post()));

    expect(await asked(other.order(post()))).toBe(1);
  });
});
