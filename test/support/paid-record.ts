import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#shared/adapters/dynamo.ts';
import {
  chargeItem,
  claimItem,
  confirmationItem,
  type Item,
  moneyItem,
  paymentItem,
  receiptItem,
  refundItem,
} from '#shared/adapters/payment-items.ts';
import { paymentIdFrom, paymentIdSpace } from '#shared/domain/attempt-ref.ts';
import { type Charge, type ChargedFee, chargedFeeSchema, chargeSchema } from '#shared/domain/charge.ts';
import { paymentSchema } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { holdsClaims } from '#shared/domain/states.ts';

/** A land registration fee of 28 000 đồng; `change` replaces fields. */
export function aFee(change: object = {}): ChargedFee {
  return chargedFeeSchema.parse({
    unitCode: 'vpdkdd',
    feeCode: 'QN-006',
    name: 'Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường)',
    kind: 'le-phi',
    receipt: 'EBL01',
    unit: 'lần',
    budgetCode: '2805',
    quantity: 1,
    amountVnd: 28_000,
    catalogueVersion: '2026-11-22',
    ...change,
  });
}

export interface ChargeDraft {
  readonly feeLines?: readonly ChargedFee[];
  readonly payer?: object;
}

let records = 0;

/** A payment that was paid and has no receipt yet, with an id of its own; `change` replaces fields of the payment. */
export function aPaidRecord(chargeDrafts: readonly ChargeDraft[] = [{}], change: object = {}): PaymentRecord {
  // Far from each other, as chance draws them.
  const paymentId = paymentIdFrom(((records += 1) * 1_234_567_891) % paymentIdSpace);
  const charges = chargeDrafts.map((draft, index) => aCharge(paymentId, index + 1, draft));
  const amountVnd = charges.reduce((sum, charge) => sum + charge.amountVnd, 0);
  const attempt = { gateway: 'vnpay', merchant: 'ttpvhcc', gatewayRef: `${paymentId}01` };
  const payment = paymentSchema.parse({
    paymentId,
    state: 'paid',
    amountVnd,
    client: 'dossier-system',
    reference: `YC-${paymentId}`,
    claims: charges.map(({ dossierCode, debtId }) => ({ dossierCode, debtId })),
    attempts: {
      '01': {
        ...attempt,
        requestId: `${paymentId}01`,
        openedAt: '2026-11-23T02:10:00.000Z',
        expiresAt: '2026-11-23T02:25:00.000Z',
        outcome: 'succeeded',
      },
    },
    settlement: {
      ...attempt,
      attempt: '01',
      transactionId: `9${paymentId}`,
      identity: `9${paymentId}`,
      amountVnd,
      resultCode: '00',
      paidAt: '2026-11-23T02:15:30.000Z',
      businessDate: '2026-11-23',
      settledAt: '2026-11-23T02:15:31.000Z',
      evidence: { sha256: '0'.repeat(64) },
    },
    createdAt: '2026-11-23T02:00:00.000Z',
    expiresAt: '2026-11-26T02:00:00.000Z',
    dueAt: '2026-11-23T02:15:31.000Z',
    history: { '01.paid': { at: '2026-11-23T02:15:31.000Z', code: '00' } },
    version: 2,
    ...change,
  });
  return { payment, charges, money: [], receipts: [], refunds: [], confirmations: [] };
}

function aCharge(paymentId: string, place: number, { feeLines = [aFee()], payer = {} }: ChargeDraft): Charge {
  return chargeSchema.parse({
    paymentId,
    chargeNumber: String(place).padStart(2, '0'),
    dossierCode: `H49.14-261122-${String(place).padStart(4, '0')}`,
    procedureCode: '1.013831',
    debtId: `debt-${paymentId}`,
    payer: { name: 'Nguyễn Văn An', address: 'Phường Hồng Gai, tỉnh Quảng Ninh', ...payer },
    feeLines,
    amountVnd: feeLines.reduce((sum, line) => sum + line.amountVnd, 0),
    createdAt: '2026-11-23T02:00:00.000Z',
  });
}

/** Writes everything of a payment as the functions leave it, its claims too. */
export async function putRecord(table: Table, record: PaymentRecord): Promise<void> {
  await putItems(table, itemsOf(record));
}

/** Writes so many usual payments and returns their ids. */
export async function putPaidPayments(table: Table, count: number) {
  const paid = Array.from({ length: count }, () => aPaidRecord());
  await putItems(table, paid.flatMap(itemsOf));
  return paid.map(({ payment }) => payment.paymentId);
}

function itemsOf(record: PaymentRecord): Item[] {
  const { payment, charges, money, receipts, refunds, confirmations } = record;
  const claims = holdsClaims(payment.state) ? payment.claims : [];
  return [
    paymentItem(payment),
    ...charges.map(chargeItem),
    ...money.map(moneyItem),
    ...receipts.map(receiptItem),
    ...refunds.map(refundItem),
    ...confirmations.map(confirmationItem),
    ...claims.map((claim) => claimItem(payment.paymentId, claim)),
  ];
}

const itemsOfOneWrite = 25;

async function putItems(table: Table, items: readonly Item[]): Promise<void> {
  for (let first = 0; first < items.length; first += itemsOfOneWrite) {
    const puts = items.slice(first, first + itemsOfOneWrite).map((Item) => ({ PutRequest: { Item } }));
    await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
}
