import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { makeOriginSecret } from '#shared/adapters/origin-secret.ts';
import type { StaffRoute } from '#shared/domain/staff-route.ts';
import { answerFaults, onlyFromEdge } from '#shared/runtime/http-middlewares.ts';
import { makeStaffApi } from '#shared/runtime/staff-api.ts';
import { logNews } from '#shared/runtime/telemetry.ts';

/** What a function that finance staff ask must be told. */
export const staffEnvironment = {
  ORIGIN_SECRET_ID: z.optional(z.string()),
  ORIGIN_SECRET_FILE: z.optional(z.string()),
  STAFF_CODE_CLAIM: z.string().check(z.minLength(1)),
  STAFF_ROLES_CLAIM: z.string().check(z.minLength(1)),
};

/** Makes a Lambda handler of what may be asked of one function of the finance desk. */
export function serveStaff(
  environment: z.infer<z.ZodMiniObject<typeof staffEnvironment>>,
  routes: readonly StaffRoute[],
) {
  const claims = { code: environment.STAFF_CODE_CLAIM, roles: environment.STAFF_ROLES_CLAIM };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(answerFaults(logNews))
    .use(onlyFromEdge(makeOriginSecret(environment)))
    .handler(makeStaffApi({ routes, claims, logNews }));
}
