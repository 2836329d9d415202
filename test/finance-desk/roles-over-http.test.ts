import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { type FinanceAction, rolesOfActions } from '#shared/domain/finance-roles.ts';
import { setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import {
  administrator,
  approver,
  auditor,
  clerk,
  type StaffCaller,
  setStaffEnvironment,
  staffCalls,
} from '#test/support/staff-calls.ts';

type Calls = ReturnType<typeof staffCalls>;
const handlers = new Map<string, Calls>();

beforeAll(async () => {
  const { tableName } = await startTestTable();
  setHandlerEnvironment({ TABLE_NAME: tableName });
  setStaffEnvironment();
  handlers.set('refunds', staffCalls((await import('#functions/refund-payment/handler.ts')).handler));
  handlers.set('corrections', staffCalls((await import('#functions/correct-receipt/handler.ts')).handler));
  handlers.set('desk', staffCalls((await import('#functions/finance-desk/handler.ts')).handler));
});

/** As the routes of API Gateway part the addresses. */
function callsFor(path: string): Calls {
  const [, , , first = ''] = path.split(/[/?]/);
  const calls = handlers.get(first) ?? handlers.get('desk');
  if (calls === undefined) throw new Error('the handlers are not loaded');
  return calls;
}

const paymentId = '48620391751101';
const money = { gateway: 'vnpay', merchant: 'ttpvhcc', identity: '14422574' };
const why = { why: 'Vì chứng từ không khớp' };
const day = '/v1/finance/days/vnpay/ttpvhcc/2026-11-22';
const month = '/v1/finance/months/2026-11';
const exception = '/v1/finance/exceptions/vnpay.ttpvhcc.2026-11-22.5f0c1d7a9b3e2468';
const note = 'Đã đối chiếu với sao kê của cổng';
const file = { name: 'sao-ke.csv', bytes: 12, sha256: 'a'.repeat(64) };

/** One request for each address, and what it comes to in an empty ledger for whoever may ask it. */
const requests: readonly (readonly [string, string, FinanceAction, number, object?])[] = [
  ['GET', '/v1/finance/me', 'me:read', 200],
  ['GET', '/v1/finance/configuration', 'configuration:read', 200],
  ['GET', '/v1/finance/series', 'series:read', 200],
  ['POST', '/v1/finance/series/5709990011/26TZZ/closing', 'series:close', 404, why],
  ['GET', `/v1/finance/payments/${paymentId}`, 'payment:read', 404],
  ['GET', '/v1/finance/payments?dossierCode=H49.14-261122-0001', 'payment:read', 200],
  ['GET', '/v1/finance/receipts?series=26TAA&number=00000001', 'receipt:read', 200],
  ['GET', '/v1/finance/reports/day?taxCode=5709990011&date=2026-11-22', 'report:read', 200],
  ['GET', '/v1/finance/reports/register?taxCode=5709990011&to=2026-11-22', 'report:read', 200],
  ['GET', '/v1/finance/reports/usage?taxCode=5709990011&quarter=2026-Q2', 'report:read', 200],
  ['GET', '/v1/finance/reports/reconciliation?from=2026-11-22&to=2026-11-22', 'report:read', 200],
  ['GET', '/v1/finance/reports/exceptions', 'report:read', 200],
  ['GET', `${day}/proof`, 'report:read', 404],
  ['GET', `${day}/ledger`, 'report:read', 404],
  ['GET', '/v1/finance/money', 'money:read', 200],
  ['POST', '/v1/finance/assignments', 'assignment:propose', 404, { money, paymentId, reason: note }],
  ['POST', '/v1/finance/assignments/approval', 'assignment:approve', 404, { money, number: 1 }],
  ['POST', '/v1/finance/assignments/rejection', 'assignment:reject', 404, { money, number: 1, reason: note }],
  ['GET', '/v1/finance/refunds', 'refund:read', 200],
  ['GET', `/v1/finance/refunds/${paymentId}/trung0001`, 'refund:read', 404],
  [
    'POST',
    '/v1/finance/refunds',
    'refund:request',
    404,
    { refundId: 'trung0001', paymentId, amountVnd: 28_000, reason: 'TRUNG' },
  ],
  ['POST', `/v1/finance/refunds/${paymentId}/trung0001/approval`, 'refund:approve', 404],
  ['POST', `/v1/finance/refunds/${paymentId}/trung0001/rejection`, 'refund:reject', 404, why],
  [
    'POST',
    `/v1/finance/refunds/${paymentId}/trung0001/transfer`,
    'refund:record-transfer',
    404,
    { bankReference: 'FT26330', transferredOn: '2026-11-22' },
  ],
  ['GET', '/v1/finance/corrections', 'correction:read', 200],
  ['GET', `/v1/finance/corrections/${paymentId}/saimst0001`, 'correction:read', 404],
  [
    'POST',
    '/v1/finance/corrections',
    'correction:propose',
    404,
    {
      way: 'notice',
      correctionId: 'saimst0001',
      paymentId,
      receipt: { series: '26TAA', number: 1 },
      reason: 'Sai tên người nộp',
      wrong: ['payer-name'],
    },
  ],
  ['POST', `/v1/finance/corrections/${paymentId}/saimst0001/approval`, 'correction:approve', 404],
  ['POST', `/v1/finance/corrections/${paymentId}/saimst0001/rejection`, 'correction:reject', 404, why],
  ['GET', '/v1/finance/exceptions', 'exception:read', 200],
  ['GET', exception, 'exception:read', 404],
  ['POST', `${exception}/acts`, 'exception:work', 404, { revision: 1, do: { act: 'note', note } }],
  ['POST', `${exception}/approval`, 'exception:approve', 404, { revision: 1 }],
  ['POST', `${exception}/rejection`, 'exception:reject', 404, { revision: 1, note }],
  ['GET', '/v1/finance/days?from=2026-11-22&to=2026-11-22', 'day:read', 200],
  ['GET', day, 'day:read', 200],
  ['GET', month, 'day:read', 200],
  ['POST', `${day}/close`, 'close:propose', 409, {}],
  ['POST', `${day}/close/approval`, 'close:approve', 409, { number: 1 }],
  ['POST', `${day}/close/rejection`, 'close:reject', 409, { number: 1, note }],
  ['POST', `${day}/close/reopening`, 'close:approve', 409, {}],
  ['POST', `${month}/close`, 'close:propose', 409, {}],
  ['POST', `${month}/close/approval`, 'close:approve', 409, { number: 1 }],
  ['POST', `${month}/close/rejection`, 'close:reject', 409, { number: 1, note }],
  ['POST', `${month}/close/reopening`, 'close:approve', 409, {}],
  ['POST', '/v1/finance/days/vnpay/nobody/2026-11-22/statements', 'statement:upload', 404, file],
];

const everybody: readonly StaffCaller[] = [clerk, approver, auditor, administrator];

describe('the finance interface', () => {
  it.each(requests)('lets only their roles ask %s %s (%s)', async (...request) => {
    const [method, path, action, status, body] = request;
    const { call } = callsFor(path);
    const answers = await Promise.all(everybody.map((caller) => call(caller, method, path, body)));
    const allowed: readonly string[] = rolesOfActions[action];
    expect(answers.map((answer) => answer.status)).toEqual(
      everybody.map(({ roles: [role = ''] }) => (allowed.includes(role) ? status : 403)),
    );
    for (const answer of answers.filter((one) => one.status === 403)) {
      expect(answer.body).toMatchObject({ type: expect.stringMatching(/\/role-forbids$/) });
    }
  });

  it('answers nobody without a staff code, not even a program with a token', async () => {
    for (const [method, path, , , body] of requests) {
      expect(await callsFor(path).call(undefined, method, path, body)).toMatchObject({
        status: 403,
        body: {
          type: expect.stringMatching(/\/no-staff-code$/),
          detail: expect.stringContaining('preferred_username'),
        },
      });
    }
  });

  it('is what its contract describes: the same addresses, each with the action that a role must allow', () => {
    const described = Object.entries(openApi.paths)
      .filter(([path]) => path.startsWith('/v1/finance/'))
      .flatMap(([path, { get, post }]) => [
        ...(get === undefined ? [] : [`GET ${path} ${get['x-action']}`]),
        ...(post === undefined ? [] : [`POST ${path} ${post['x-action']}`]),
      ]);
    const asked = requests.map(([method, target, action]) => {
      const [path = ''] = target.split('?');
      const template = described.find((one) => one.startsWith(`${method} `) && patternOf(one).test(path));
      return `${method} ${template?.split(' ')[1] ?? path} ${action}`;
    });
    expect(asked.toSorted()).toEqual(described.toSorted());
    expect(new Set(requests.map(([, , action]) => action))).toEqual(new Set(Object.keys(rolesOfActions)));
  });
});

const operation = z.object({ 'x-action': z.string().default('') }).optional();
const openApi = z
  .object({ paths: z.record(z.string(), z.object({ get: operation, post: operation })) })
  .parse(JSON.parse(readFileSync(new URL('../../schemas/generated/openapi.json', import.meta.url), 'utf8')));

function patternOf(described: string): RegExp {
  const [, path = ''] = described.split(' ');
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
