import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import type { LogFacts } from '#shared/domain/log-catalogue.ts';
import { asJson, staffRoute } from '#shared/domain/staff-route.ts';
import { makeStaffApi } from '#shared/runtime/staff-api.ts';
import { httpEventOf } from '#test/support/http-calls.ts';

const logged: (readonly [string, LogFacts | undefined])[] = [];

const api = makeStaffApi({
  claims: { code: 'staff_code', roles: 'groups' },
  logNews: (code, facts) => void logged.push([code, facts]),
  routes: [
    staffRoute({
      method: 'GET',
      path: '/v1/finance/things/{thing}',
      action: 'refund:read',
      takes: z.object({ parameters: z.object({ thing: z.string().check(z.regex(/^\d+$/)) }) }),
      answer: async ({ parameters }, staff) => asJson({ ...parameters, ...staff }),
    }),
    staffRoute({
      method: 'POST',
      path: '/v1/finance/things/{thing}',
      action: 'refund:approve',
      takes: z.object({ body: z.optional(z.strictObject({ name: z.string() })) }),
      answer: async () => {
        throw new Error('the ledger is away');
      },
    }),
  ],
});

const ask = async (claims: Record<string, string>, method = 'GET', target = '/v1/finance/things/7', body = '') => {
  logged.length = 0;
  return api(httpEventOf({ method, target, routeKey: 'ANY /v1/finance/{proxy+}', claims, body }));
};
const clerk = { staff_code: 'kt.lan', groups: '[clerk]' };

describe('who asks the finance interface', () => {
  it.each([
    ['[clerk approver]', ['clerk', 'approver']],
    ['approver', ['approver']],
    ['[bien-lai-users, clerk]', ['clerk']],
  ])('has the roles that the claim %s lists, and none that are not ours', async (groups, roles) => {
    const { body = '' } = await ask({ staff_code: 'kt.lan', groups });
    expect(JSON.parse(body)).toEqual({ thing: '7', code: 'kt.lan', roles });
  });

  it.each([
    ['no code', { groups: '[clerk]' }],
    ['a name for a code', { staff_code: 'Nguyễn Thị Lan', groups: '[clerk]' }],
    ['a capital, by which one person could pass for two', { staff_code: 'KT.Lan', groups: '[clerk]' }],
    ['the usual claim, where another one is agreed on', { preferred_username: 'kt.lan', groups: '[clerk]' }],
  ])('is refused with %s', async (_what, claims) => {
    const answer = await ask(claims);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('/no-staff-code');
    expect(answer.body).not.toContain('Nguyễn');
    expect(logged).toEqual([['FINANCE_REFUSED', { why: 'no-staff-code' }]]);
  });

  it.each(['', '[]', '[Clerk]', '[clerks]', 'map[role:clerk]'])('may do nothing with roles %j', async (groups) => {
    expect((await ask({ staff_code: 'kt.lan', groups })).statusCode).toBe(403);
    expect(logged).toEqual([['FINANCE_REFUSED', { staff: 'kt.lan', action: 'refund:read', why: 'role' }]]);
  });
});

describe('what is asked of the finance interface', () => {
  it('is logged with who did what to which thing, and how it ended', async () => {
    await ask(clerk);
    expect(logged).toEqual([['FINANCE_ACT', { staff: 'kt.lan', action: 'refund:read', object: '7', status: 200 }]]);
  });

  it('is logged also when it fails for a reason of ours', async () => {
    await expect(ask({ ...clerk, groups: '[approver]' }, 'POST')).rejects.toThrow('the ledger is away');
    expect(logged).toEqual([['FINANCE_ACT', { staff: 'kt.lan', action: 'refund:approve', object: '7', status: 500 }]]);
  });

  it.each([
    ['another method', 'DELETE', '/v1/finance/things/7', '', 405, 'wrong-method'],
    ['an address below', 'GET', '/v1/finance/things/7/8', '', 404, 'no-such-place'],
    ['an address above', 'GET', '/v1/finance/things', '', 404, 'no-such-place'],
    ['a dot where a slash stands', 'GET', '/v1/finance.things/7', '', 404, 'no-such-place'],
    ['a thing that cannot be', 'GET', '/v1/finance/things/x', '', 404, 'no-such-place'],
    ['a body that is no JSON', 'POST', '/v1/finance/things/7', '{', 400, 'not-json'],
    ['a key that stands twice', 'POST', '/v1/finance/things/7', '{"name":"a","name":"b"}', 400, 'repeated-key'],
    ['a field too many', 'POST', '/v1/finance/things/7', '{"name":"a","by":"kt.minh"}', 422, 'faulty-fields'],
  ])('is refused with %s', async (...[, method, target, body, status, code]) => {
    const answer = await ask({ staff_code: 'kt.hoa', groups: '[clerk approver]' }, method, target, body);
    expect([answer.statusCode, /problems\/([a-z-]+)/.exec(answer.body ?? '')?.[1]]).toEqual([status, code]);
    if (status === 405) expect(answer.headers).toMatchObject({ allow: 'GET, POST' });
  });
});
