import { type AmountVnd, amountVndSchema } from '#schemas/money.ts';
import type { Attempt, Money } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Refund } from './refund.ts';
import { moneyKey } from './settlement.ts';

/** One payment of money of a record, with what of it is spoken for. */
export interface RefundableMoney {
  readonly moneyKey: string;
  readonly moneyClass: Refund['moneyClass'];
  readonly money: Money;
  /** Asked back, with what was paid back already. */
  readonly reservedVnd: AmountVnd;
  readonly refundedVnd: AmountVnd;
}

const nothing = amountVndSchema.parse(0);

/** All verified money of a payment: what settled it first, then what is kept beside it. */
export function refundableMoney({ payment, money: others }: PaymentRecord): readonly RefundableMoney[] {
  const { settlement, refundReservedVnd = nothing, refundedVnd = nothing } = payment;
  const settled =
    settlement === undefined
      ? []
      : [
          {
            moneyKey: keyOf(settlement),
            moneyClass: 'settlement' as const,
            money: settlement,
            reservedVnd: refundReservedVnd,
            refundedVnd,
          },
        ];
  const kept = others.map((money) => ({
    moneyKey: keyOf(money),
    moneyClass: money.moneyClass,
    money,
    reservedVnd: money.refundReservedVnd ?? nothing,
    refundedVnd: money.refundedVnd ?? nothing,
  }));
  return [...settled, ...kept];
}

/** The money that a refund pays back. */
export function moneyOfRefund(record: PaymentRecord, refund: Refund): RefundableMoney | undefined {
  return refundableMoney(record).find((money) => money.moneyKey === refund.moneyKey);
}

/** The attempt by which money came; money that a person assigned to the payment may have come by none. */
export function attemptOf({ payment }: PaymentRecord, { gateway, merchant, gatewayRef }: Money): Attempt | undefined {
  return Object.values(payment.attempts).find(
    (attempt) => attempt.gateway === gateway && attempt.merchant === merchant && attempt.gatewayRef === gatewayRef,
  );
}

function keyOf({ gateway, merchant, identity }: Money): string {
  return moneyKey(gateway, merchant, identity);
}
