import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { refundFollowingEnvironment, wireRefundFollowing } from '#shared/wiring/refund-following.ts';
import { serveStaff, staffEnvironment } from '#shared/wiring/staff-serving.ts';
import { refundRoutes } from './refund-routes.ts';

const environment = readEnvironment({ ...refundFollowingEnvironment, ...staffEnvironment });
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };

/** Refunds: `/v1/finance/refunds` and what lies under it. */
export const handler = serveStaff(
  environment,
  refundRoutes({
    ledger: makeRefundLedger(table),
    followRefunds: wireRefundFollowing(environment, table),
    clock: systemClock,
    pauseBeforeTry,
    logNews,
  }),
);
