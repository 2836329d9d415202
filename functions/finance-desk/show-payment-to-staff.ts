import type { FinancePayment, FinanceReceipt } from '#schemas/finance-desk.ts';
import type { Charge } from '#shared/domain/charge.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { DocumentLinks } from '#shared/domain/ports.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { type RefundableMoney, refundableMoney } from '#shared/domain/refundable-money.ts';
import { showPayment, showReceipt } from '#shared/processes/show-payment.ts';

/** A payment with its payers, its fees, and the names by which refunds call its money. */
export async function showFinancePayment(record: PaymentRecord, links: DocumentLinks): Promise<FinancePayment> {
  const { client, dueAt } = record.payment;
  return {
    ...(await showPayment(record, links)),
    client,
    charges: record.charges.map(showCharge),
    money: refundableMoney(record).map(showMoney),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

function showCharge({ dossierCode, procedureCode, debtId, amountVnd, payer, feeLines }: Charge) {
  const { email: _email, ...shown } = payer;
  return {
    dossierCode,
    procedureCode,
    debtId,
    amountVnd,
    payer: shown,
    feeLines: feeLines.map((line) => {
      const { unitCode, feeCode, name, kind, quantity } = line;
      return { unitCode, feeCode, name, kind, quantity, amountVnd: line.amountVnd };
    }),
  };
}

function showMoney({ moneyKey, moneyClass, money, reservedVnd, refundedVnd }: RefundableMoney) {
  const { gateway, merchant, transactionId, gatewayRef, amountVnd, paidAt, businessDate } = money;
  const facts = { gateway, merchant, transactionId, gatewayRef, amountVnd, paidAt, businessDate };
  return { moneyKey, moneyClass, ...facts, reservedVnd, refundedVnd };
}

export async function showFinanceReceipt(receipt: Receipt, links: DocumentLinks): Promise<FinanceReceipt> {
  const { collector, payer, lines } = receipt.content;
  return {
    ...(await showReceipt(receipt, links)),
    paymentId: receipt.paymentId,
    collector,
    payer,
    lines,
    ...(receipt.fault === undefined ? {} : { fault: receipt.fault.why }),
  };
}
