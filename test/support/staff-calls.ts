import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import type { StaffRole } from '#schemas/staff-role.ts';
import { functionEnvironment } from './function-environment.ts';
import { httpEventOf, lambdaContext } from './http-calls.ts';

type StaffHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Sets what a function that finance staff ask is told beside what every function is told. */
export function setStaffEnvironment(): void {
  const { ORIGIN_SECRET_FILE, STAFF_CODE_CLAIM, STAFF_ROLES_CLAIM } = functionEnvironment();
  Object.assign(process.env, { ORIGIN_SECRET_FILE, STAFF_CODE_CLAIM, STAFF_ROLES_CLAIM });
}

export interface StaffCaller {
  readonly code: string;
  readonly roles: readonly StaffRole[];
}

export const clerk: StaffCaller = { code: 'kt.lan', roles: ['clerk'] };
export const approver: StaffCaller = { code: 'kt.minh', roles: ['approver'] };
export const auditor: StaffCaller = { code: 'tt.tuan', roles: ['auditor'] };
export const administrator: StaffCaller = { code: 'qt.quang', roles: ['administrator'] };

/** Claims as API Gateway hands them on: lists in brackets. */
export const claimsOf = ({ code, roles }: StaffCaller) => ({ preferred_username: code, roles: `[${roles.join(' ')}]` });

export interface StaffAnswerSeen {
  readonly status: number | undefined;
  /** The JSON that was answered; of a file, nothing. */
  readonly body: Record<string, unknown>;
  readonly raw: APIGatewayProxyStructuredResultV2;
}

const jsonSchema = z.record(z.string(), z.unknown());

/** The event that API Gateway makes of a request of somebody who is signed in, or of a program. */
export function staffEvent(
  caller: StaffCaller | undefined,
  method: string,
  target: string,
  body?: unknown,
): APIGatewayProxyEventV2 {
  return httpEventOf({
    method,
    target,
    routeKey: 'ANY /v1/finance/{proxy+}',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    claims: caller === undefined ? { client_id: 'one-stop-system' } : claimsOf(caller),
  });
}

/** Calls a handler with the event that API Gateway makes of a request of somebody who is signed in. */
export function staffCalls(handler: StaffHandler) {
  const call = async (
    caller: StaffCaller | undefined,
    method: string,
    target: string,
    body?: unknown,
  ): Promise<StaffAnswerSeen> => {
    const raw = await handler(staffEvent(caller, method, target, body), lambdaContext);
    const text = raw.isBase64Encoded === true ? '{}' : (raw.body ?? '{}');
    return { status: raw.statusCode, body: jsonSchema.parse(JSON.parse(text)), raw };
  };
  return {
    call,
    get: (caller: StaffCaller, target: string) => call(caller, 'GET', target),
    post: (caller: StaffCaller, target: string, body?: object) => call(caller, 'POST', target, body),
  };
}
