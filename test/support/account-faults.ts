import { ConfigurationError } from '#shared/domain/failures.ts';
import type { Gateway } from '#shared/gateways/gateway.ts';

/** What a gateway says against an account. @throws Error when it takes the account, or fails in another way */
export function faultOfAccount(gateway: Gateway, settings: unknown, secrets: readonly unknown[]): string {
  try {
    gateway.connect({ merchant: 'ttpvhcc', settings, secrets });
  } catch (fault) {
    if (fault instanceof ConfigurationError) return String(fault);
    throw fault;
  }
  throw new Error('the account was taken');
}
