import { transferPath } from '#infra/local/bank/transfer-page.ts';
import type { DossierSystem } from '#infra/local/dossier-system.ts';
import { drawSequence, makeSampleRequest } from '#infra/local/sample-dossiers.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import type { Attempt } from '#shared/domain/payment.ts';

/** A citizen at the bank's page, without a browser: follows redirects and presses buttons. */
export interface BankVisit {
  readonly paymentId: string;
  /** Presses a button and gives the page that follows. */
  readonly press: (action: string, fields?: Readonly<Record<string, string>>) => Promise<string>;
}

/** Makes a payment, opens an attempt and goes to the bank's page. */
export async function visitBank(
  { dossierSystem, baseUrl }: { readonly dossierSystem: DossierSystem; readonly baseUrl: string },
  gateway: string,
): Promise<BankVisit> {
  const { paymentId } = await dossierSystem.createPayment(makeSampleRequest(0, drawSequence(), new Date()));
  const attempt = await dossierSystem.openAttempt(paymentId, { gateway, clientIp: '203.0.113.7' });
  const orderPage = await goToBank(attempt, baseUrl);
  return { paymentId, press: (action, fields) => pressAt(orderPage, action, fields) };
}

type NextStep = Pick<Attempt, 'gateway' | 'merchant' | 'redirectUrl' | 'form' | 'transfer'>;

/**
 * Goes on as the attempt says: follows an address, posts a form, or makes a transfer at the bank.
 * @returns the address of the order's page there
 */
export async function goToBank(attempt: NextStep, bankBaseUrl: string): Promise<string> {
  const { redirectUrl, form, transfer } = attempt;
  if (redirectUrl !== undefined) return addressAfter(await fetch(redirectUrl));
  if (form !== undefined) {
    const fields = form.fields.map(({ name, value }): [string, string] => [name, value]);
    return addressAfter(await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields) }));
  }
  if (transfer === undefined) throw new Error(`the attempt at ${attempt.gateway} has no next step`);
  const { pathname, searchParams } = new URL(transferPath(attempt, transfer), bankBaseUrl);
  return addressAfter(await fetch(bankBaseUrl + pathname, { method: 'POST', body: searchParams }));
}

async function addressAfter(answer: Response): Promise<string> {
  if (!answer.ok) throw new Error(`the bank turned the payer away: ${answer.status} ${await answer.text()}`);
  return answer.url;
}

/** Presses a button of an order's page and gives the page that follows. */
export async function pressAt(
  orderPage: string,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await fetch(orderPage, { method: 'POST', body: new URLSearchParams({ action, ...fields }) });
  return answer.text();
}

/** Waits until every receipt of the payment is signed. */
export async function awaitReceipts(dossierSystem: DossierSystem, paymentId: string): Promise<PaymentView> {
  return waitUntil(
    `the receipts of payment ${paymentId}`,
    async () => {
      const payment = await dossierSystem.readPayment(paymentId);
      const isDone =
        payment !== undefined &&
        payment.receipts.length > 0 &&
        payment.receipts.every(({ state }) => state === 'signed');
      return isDone ? payment : undefined;
    },
    { timeoutMs: 60_000 },
  );
}
