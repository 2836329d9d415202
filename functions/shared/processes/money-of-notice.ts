import type { Instant } from '#schemas/ids.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { Evidence, KeptMoney, Money, Settlement, SuspendedMoney } from '#shared/domain/payment.ts';
import type { AttemptAddress } from '#shared/domain/ports.ts';
import type { MoneyClass } from '#shared/domain/settlement.ts';

/** Who must bring other money to an end; the finance desk hands it on from there. */
const owner = 'finance-desk';

/** Money as a notice tells it. Where the gateway's time was unreadable, the time of arrival stands for it. */
export function moneyOf(notice: PaymentNotice, identity: string, evidence: Evidence, arrivedAt: Instant): Money {
  const paidAt = notice.paidAt ?? arrivedAt;
  return {
    gateway: notice.gateway,
    merchant: notice.merchant,
    gatewayRef: notice.orderRef,
    transactionId: notice.transactionId,
    identity,
    amountVnd: notice.amountVnd,
    resultCode: notice.resultCode,
    bankCode: notice.bankCode,
    paidAt,
    businessDate: businessDateOf(paidAt),
    evidence,
  };
}

export function settlementOf(money: Money, address: Pick<AttemptAddress, 'attempt'>, at: Instant): Settlement {
  return { ...money, attempt: address.attempt, settledAt: at };
}

export function keptMoneyOf(
  money: Money,
  address: Pick<AttemptAddress, 'paymentId'>,
  moneyClass: MoneyClass,
  at: Instant,
): KeptMoney {
  return { ...money, paymentId: address.paymentId, moneyClass, owner, keptAt: at };
}

export function suspendedMoneyOf(
  money: Omit<Money, 'amountVnd'> & { readonly amountVnd: Money['amountVnd'] | null },
  suspenseClass: SuspendedMoney['suspenseClass'],
  at: Instant,
): SuspendedMoney {
  return { ...money, suspenseClass, owner, keptAt: at };
}
