import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import type { GatewayConnection } from './gateway.ts';

/** For gateways that take our attempt references as they are. */
export const plainReferences: Pick<GatewayConnection, 'gatewayRefOf' | 'attemptRefOf'> = {
  gatewayRefOf: (attemptRef) => attemptRef,
  attemptRefOf: (orderRef) => (readAttemptRef(orderRef) === undefined ? undefined : orderRef),
};
