import type * as z from 'zod/mini';
import type { Instant } from '#schemas/ids.ts';
import type { AmountVnd } from '#schemas/money.ts';
import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import type {
  AttemptInquiry,
  AttemptOpening,
  AttemptOrder,
  AttemptQuestion,
  CallbackReading,
  Gateway,
  GatewayConnection,
} from './gateway.ts';
import type { CallbackRequest } from './http-messages.ts';
import { readMerchantAccount } from './merchant-account.ts';
import { transactionIdentityOf } from './money-identity.ts';
import type { Refunding } from './refund-port.ts';

type References = Pick<GatewayConnection, 'gatewayRefOf' | 'attemptRefOf'>;

/** What a gateway's folder brings: the members of the port, each given the merchant account as the gateway reads it. */
export interface GatewayParts<Account>
  extends Pick<Gateway, 'name' | 'label' | 'wire'>,
    Pick<GatewayConnection, 'answerCallback'>,
    Partial<Pick<GatewayConnection, 'identityOf'>> {
  readonly accountSchema: z.ZodMiniType<Account>;
  readonly readCallback: (request: CallbackRequest, account: Account, now: Instant) => CallbackReading;
  readonly openAttempt: (order: AttemptOrder, account: Account) => AttemptOpening;
  /** Left out by gateways that cannot be asked. */
  readonly askAttempt?: (question: AttemptQuestion, account: Account) => AttemptInquiry;
  /** Left out by gateways without an interface for refunds. */
  readonly refundingOf?: (account: Account) => Refunding;
  /** Left out by gateways whose signature covers the content. */
  readonly confirmAboveVndOf?: (account: Account) => AmountVnd;
  /** Left out by gateways that take our attempt references as they are. */
  readonly referencesOf?: (account: Account) => References;
}

const plainReferences: References = {
  gatewayRefOf: (attemptRef) => attemptRef,
  attemptRefOf: (orderRef) => (readAttemptRef(orderRef) === undefined ? undefined : orderRef),
};

/** Makes a gateway of its parts; where none says otherwise, money goes by the gateway's number of the transaction. */
export function defineGateway<Account>(parts: GatewayParts<Account>): Gateway {
  const { name, label, wire, answerCallback, askAttempt, identityOf = transactionIdentityOf } = parts;
  return {
    name,
    label,
    wire,
    connect(merchantAccount) {
      const account = readMerchantAccount(label, parts.accountSchema, merchantAccount);
      return {
        readCallback: (request, now) => parts.readCallback(request, account, now),
        answerCallback,
        openAttempt: (order) => parts.openAttempt(order, account),
        ...(askAttempt !== undefined && { askAttempt: (question: AttemptQuestion) => askAttempt(question, account) }),
        ...(parts.refundingOf !== undefined && { refunding: parts.refundingOf(account) }),
        ...(parts.confirmAboveVndOf !== undefined && { confirmAboveVnd: parts.confirmAboveVndOf(account) }),
        ...(parts.referencesOf?.(account) ?? plainReferences),
        identityOf,
      };
    },
  };
}
