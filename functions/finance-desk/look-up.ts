import type { DossierCode } from '#schemas/codes.ts';
import type { FinancePayment, FinanceReceipt } from '#schemas/finance-desk.ts';
import type { PaymentId, TaxCode } from '#schemas/ids.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import type { DossierIndex } from '#shared/domain/dossier-index.ts';
import type { DocumentLinks, PaymentLedger } from '#shared/domain/ports.ts';
import type { ReceiptRegister } from '#shared/domain/receipt-register.ts';
import { showFinancePayment, showFinanceReceipt } from './show-payment-to-staff.ts';

export interface LookUpNeeds {
  readonly payments: Pick<PaymentLedger, 'readRecord'>;
  readonly dossiers: DossierIndex;
  readonly register: ReceiptRegister;
  /** Says which organisations use the symbols of a series. */
  readonly declaredSeries: readonly DeclaredSeries[];
  readonly links: DocumentLinks;
}

/** A dossier is paid once or twice; a list that is longer shows the newest. */
const mostPayments = 20;

export async function findPayment(
  paymentId: PaymentId,
  { payments, links }: LookUpNeeds,
): Promise<FinancePayment | undefined> {
  const record = await payments.readRecord(paymentId);
  return record === undefined ? undefined : showFinancePayment(record, links);
}

/** Payments of a dossier, the newest first. */
export async function findPaymentsOf(code: DossierCode, needs: LookUpNeeds): Promise<readonly FinancePayment[]> {
  const ids = (await needs.dossiers.findPayments(code)).slice(0, mostPayments);
  const found = await Promise.all(ids.map((paymentId) => findPayment(paymentId, needs)));
  return found.flatMap((payment) => payment ?? []);
}

export interface PrintedReceipt {
  readonly taxCode?: TaxCode | undefined;
  readonly template: string;
  readonly series: string;
  readonly number: number;
}

/** Receipts that bear these symbols and this number: one of each organisation at most. */
export async function findReceipts(
  { taxCode, template, series, number }: PrintedReceipt,
  { register, declaredSeries, links }: LookUpNeeds,
): Promise<readonly FinanceReceipt[]> {
  const users = declaredSeries.filter((one) => one.template === template && one.series === series);
  const owners = taxCode === undefined ? users.map((one) => one.taxCode) : [taxCode];
  const shown: FinanceReceipt[] = [];
  for (const owner of new Set(owners)) {
    const pages = register.readPages({ taxCode: owner, template, series }, { from: number, to: number });
    for await (const page of pages) {
      for (const receipt of page) shown.push(await showFinanceReceipt(receipt, links));
    }
  }
  return shown;
}
