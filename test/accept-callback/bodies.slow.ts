import { writeFileSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadMerchants } from '#config/merchants.ts';
import { loadPlayer } from '#infra/local/bank/load-players.ts';
import { attemptNumberSchema, type PaymentId } from '#schemas/ids.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { functionEnvironment } from '#test/support/function-environment.ts';
import { hostileRequests } from '#test/support/hostile-requests.ts';
import { callHandler, type HttpCall, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { daysAfter, makePaymentScene, type PaymentScene } from '#test/support/payment-scene.ts';
import { gateways } from '#test/support/registered-gateways.ts';

const { SEED, RUNS } = process.env;
const seed = Number(SEED ?? 20_261_122);
const runs = Number(RUNS ?? 10_000);
const patience = 30 * 60_000;

/** The account of each gateway in dev, with secrets of this run. */
const accounts = await Promise.all(
  gateways.map(async (gateway, index) => {
    const configured = loadMerchants('dev').find((merchant) => merchant.gateway === gateway.name && merchant.default);
    if (configured === undefined)
      throw new Error(`config/dev/merchants.json has no account at ${gateway.name}: add one`);
    const player = await loadPlayer(gateway.name);
    const { merchant, settings } = configured;
    const account = { merchant, settings, secrets: [player.makeSecret()] };
    const attempt = attemptNumberSchema.parse(String(index + 2).padStart(2, '0'));
    return { title: gateway.name, merchant, attempt, player, account, connection: gateway.connect(account) };
  }),
);
type Account = (typeof accounts)[number];

let scene: PaymentScene;
let paymentId: PaymentId;
let call: (request: HttpCall) => ReturnType<typeof callHandler>;

beforeAll(async () => {
  scene = await makePaymentScene();
  const environment = functionEnvironment({ TABLE_NAME: scene.table.name, DOUBTS_PER_GATEWAY: '0' });
  const secrets = accounts.map(({ title, merchant, account }) => [title, { [merchant]: account.secrets }]);
  writeFileSync(environment['SECRETS_FILE'] ?? '', JSON.stringify(Object.fromEntries(secrets)));
  setHandlerEnvironment(environment);
  const { handler } = await import('#functions/accept-callback/handler.ts');
  call = (request) => callHandler(handler, request);
  ({ paymentId } = await scene.openPayment());
  for (const account of accounts) await addAttempt(account);
});

/** One payment has an attempt at every gateway: whichever news is believed settles it. */
async function addAttempt({ title, merchant, attempt, connection }: Account): Promise<void> {
  const { payment } = await scene.record(paymentId);
  const openedAt = payment.createdAt;
  await scene.paying.ledger.addAttempt(payment, attempt, {
    gateway: title,
    merchant,
    gatewayRef: connection.gatewayRefOf(paymentId + attempt, openedAt),
    requestId: `rq-${attempt}`,
    openedAt,
    expiresAt: daysAfter(openedAt, 1),
    outcome: 'started',
  });
}

/** That attempt's success, as its gateway would call it back now. */
function genuineCallbackOf({ attempt, player, account, connection }: Account): CallbackRequest {
  const openedAt = scene.paying.clock();
  const orderRef = connection.gatewayRefOf(paymentId + attempt, openedAt);
  const news = { result: 'paid', amountVnd: 28_000, transactionNo: `140000${attempt}`, at: openedAt } as const;
  const order = { orderRef, amountVnd: 28_000, description: 'Nop phi', openedAt };
  return player.signCallback(order, { ...news, toldAt: systemClock() }, account);
}

const callBack = ({ title, merchant }: Account, { method, rawQuery, headers, body }: CallbackRequest) =>
  call({
    method,
    routeKey: 'ANY /callbacks/{gateway}/{merchant}',
    pathParameters: { gateway: title, merchant },
    target: `/callbacks/${title}/${merchant}?${rawQuery}`,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? ''])),
    body,
  });

async function everythingStored(): Promise<readonly unknown[]> {
  const { Items: items = [] } = await scene.table.client.send(
    new ScanCommand({ TableName: scene.table.name, ConsistentRead: true }),
  );
  return items;
}

describe.each(accounts)('the function at the address of $title', (account) => {
  it(
    'answers every hostile request without a fault of its own, and stores nothing',
    async () => {
      const genuine = genuineCallbackOf(account);
      const isQuery = genuine.rawQuery !== '';
      const content = isQuery ? genuine.rawQuery : Buffer.from(genuine.body).toString('utf8');
      const withContent = (changed: string | Uint8Array): CallbackRequest =>
        isQuery
          ? { ...genuine, rawQuery: Buffer.from(changed).toString('latin1') }
          : { ...genuine, body: Buffer.from(changed) };
      const before = await everythingStored();
      const statuses = new Map<number, number>();

      await fc.assert(
        fc.asyncProperty(hostileRequests({ content, withContent }), async ({ request }) => {
          const { kind } = account.connection.readCallback(request, systemClock());
          // What changed nothing that is read, or shows the key of a gateway that seals nothing, is genuine.
          fc.pre(kind === 'bad-signature' || kind === 'expired');
          const { statusCode = 500 } = await callBack(account, request);
          statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
          if (statusCode >= 500) throw new Error(`answered ${statusCode}`);
        }),
        { numRuns: runs, seed },
      );

      process.stderr.write(`${account.title}, SEED=${seed}: ${JSON.stringify(Object.fromEntries(statuses))}\n`);
      expect(await everythingStored()).toEqual(before);
    },
    patience,
  );
});

it('settles by the first genuine callback after all that', async () => {
  const [first] = accounts;
  if (first === undefined) throw new Error('there is no gateway');
  await callBack(first, genuineCallbackOf(first));
  expect((await scene.record(paymentId)).payment.state).toBe('paid');
});
