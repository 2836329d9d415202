import { textTable } from '#infra/desk/text-table.ts';
import {
  type FinancePayment,
  type FinanceReceipt,
  financePaymentPageSchema,
  financePaymentSchema,
  financeReceiptPageSchema,
} from '#schemas/finance-desk.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { Command } from './command.ts';
import { needed } from './finance-options.ts';

/** `payment SỐ`, or `payment --dossier MÃ-HỒ-SƠ`. */
export const paymentCommand: Command = async ([id], { dossier: dossierCode }, api) => {
  if (id !== undefined) {
    const payment = await api.get(`/v1/finance/payments/${encodeURIComponent(id)}`, financePaymentSchema);
    return { text: paymentAsText(payment), data: payment };
  }
  const query = { dossierCode: needed(dossierCode, 'dossier', 'mã hồ sơ, khi không ghi số thanh toán') };
  const { items } = await api.get('/v1/finance/payments', financePaymentPageSchema, query);
  const none = 'Hồ sơ này chưa có thanh toán nào (no payment of this dossier).';
  return { text: items.length === 0 ? none : items.map(paymentAsText).join('\n'), data: { items } };
};

/** `receipt KÝ-HIỆU SỐ`. */
export const receiptCommand: Command = async ([series, number], { template, mst: taxCode }, api) => {
  if (series === undefined || number === undefined) throw new Error('Viết: receipt KÝ-HIỆU SỐ, như trên biên lai.');
  const query = { series, number, template, taxCode };
  const { items } = await api.get('/v1/finance/receipts', financeReceiptPageSchema, query);
  const none = 'Không có biên lai mang ký hiệu và số này (no such receipt).';
  return { text: items.length === 0 ? none : items.map(receiptAsText).join('\n'), data: { items } };
};

function paymentAsText({ paymentId, state, amountVnd, charges, money, refunds, receipts }: FinancePayment): string {
  const rows = money.map(({ moneyClass, amountVnd: paid, refundedVnd, businessDate, moneyKey }) => [
    moneyClass,
    formatVnd(paid),
    refundedVnd > 0 ? `đã hoàn ${formatVnd(refundedVnd)}` : '',
    businessDate,
    moneyKey.split('#').join('/'),
  ]);
  return [
    `Thanh toán ${paymentId}: ${formatVnd(amountVnd)} (${state}).`,
    ...charges.map(({ dossierCode, payer, amountVnd: owed }) => `  ${dossierCode}  ${payer.name}  ${formatVnd(owed)}`),
    ...(rows.length === 0 ? ['  Chưa có tiền (no money).'] : [textTable(rows)]),
    ...refunds.map(({ refundId, state: at, amountVnd: back }) => `  hoàn ${refundId}: ${formatVnd(back)} (${at})`),
    ...receipts.map((receipt) => `  ${receiptLine(receipt)}`),
  ].join('\n');
}

function receiptAsText(receipt: FinanceReceipt): string {
  const { payer, collector, lines, paymentId, fault } = receipt;
  return [
    receiptLine(receipt),
    `  ${collector.name}, MST ${collector.taxCode}; người nộp: ${payer.name}; thanh toán ${paymentId}`,
    ...lines.map(
      ({ feeCode, name, quantity, amountVnd }) => `  ${feeCode} ${name}: ${quantity}, ${formatVnd(amountVnd)}`,
    ),
    ...(fault === undefined ? [] : [`  LỖI: ${fault}`]),
  ].join('\n');
}

type ReceiptLine = Pick<FinanceReceipt, 'template' | 'series' | 'number' | 'issuedOn' | 'amountVnd' | 'state'>;

function receiptLine({ template, series, number, issuedOn, amountVnd, state }: ReceiptLine): string {
  return `${template} ${series} số ${number}, ngày ${issuedOn}: ${formatVnd(amountVnd)} (${state})`;
}
