import type { ChargeNumber, PaymentId, UnitCode } from '#schemas/ids.ts';
import type { ReceiptKind } from '#schemas/receipt.ts';
import type { Charge, ChargedFee } from './charge.ts';
import { BrokenInvariant } from './failures.ts';
import { earnsReceipt } from './fee-catalogue.ts';
import type { Payment, Settlement } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt } from './receipt.ts';

/** A receipt that a paid payment still lacks: one for each charge, collecting unit and kind (receipt spec §4.3). */
export interface ReceiptPlan {
  readonly paymentId: PaymentId;
  readonly chargeNumber: ChargeNumber;
  readonly unitCode: UnitCode;
  readonly kind: ReceiptKind;
  readonly charge: Charge;
  /** At least one, in the order of the charge. */
  readonly feeLines: readonly ChargedFee[];
  readonly settlement: Settlement;
}

/** The receipts that a payment must have and has not: none while it is not paid, and none for money that was taken back. */
export function planReceipts(record: PaymentRecord): readonly ReceiptPlan[] {
  const { payment } = record;
  if (payment.state !== 'paid') return [];
  const { settlement } = payment;
  if (settlement === undefined) throw new BrokenInvariant(`payment ${payment.paymentId} is paid but has no settlement`);
  if (wasTakenBack(payment, settlement)) return [];
  return record.charges.flatMap((charge) =>
    plansOfCharge(charge, settlement).filter((plan) => !record.receipts.some((receipt) => covers(receipt, plan))),
  );
}

function plansOfCharge(charge: Charge, settlement: Settlement): readonly ReceiptPlan[] {
  const { paymentId, chargeNumber } = charge;
  const plans = new Map<string, ReceiptPlan>();
  for (const line of charge.feeLines) {
    if (line.kind === 'thue' || !earnsReceipt(line) || line.amountVnd === 0) continue;
    const { unitCode, kind } = line;
    const key = `${unitCode}#${kind}`;
    const feeLines = [...(plans.get(key)?.feeLines ?? []), line];
    plans.set(key, { paymentId, chargeNumber, unitCode, kind, charge, feeLines, settlement });
  }
  return [...plans.values()];
}

/**
 * By unit rather than by tax code: when a unit gets another tax code after a receipt was made, the receipt still
 * stands for the fee. Any revision covers, since a replaced receipt has a successor.
 */
function covers(receipt: Receipt, plan: ReceiptPlan): boolean {
  return (
    receipt.chargeNumber === plan.chargeNumber &&
    receipt.kind === plan.kind &&
    receipt.content.collector.unitCode === plan.unitCode
  );
}

/** The gateway reversed the money after the payment was settled: a person decides, and no receipt is made meanwhile. */
export function wasTakenBack(payment: Payment, settlement: Settlement): boolean {
  return Object.hasOwn(payment.history, `${settlement.attempt}.voided`);
}
