import type { DossierSystem } from '#infra/local/dossier-system.ts';
import { drawSequence, makeSampleRequest } from '#infra/local/sample-dossiers.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import type { PaymentView } from '#schemas/payment-view.ts';

/** A citizen at the bank's page, without a browser: follows redirects and presses buttons. */
export interface BankVisit {
  readonly paymentId: string;
  /** Presses a button and gives the page that follows. */
  readonly press: (action: string, fields?: Readonly<Record<string, string>>) => Promise<string>;
}

/** Makes a payment, opens an attempt and goes to the bank's page. */
export async function visitBank(dossierSystem: DossierSystem, gateway: string): Promise<BankVisit> {
  const { paymentId } = await dossierSystem.createPayment(makeSampleRequest(0, drawSequence(), new Date()));
  const { redirectUrl = '' } = await dossierSystem.openAttempt(paymentId, { gateway, clientIp: '203.0.113.7' });
  const { url: orderPage } = await fetch(redirectUrl);
  return {
    paymentId,
    press: async (action, fields = {}) => {
      const answer = await fetch(orderPage, { method: 'POST', body: new URLSearchParams({ action, ...fields }) });
      return answer.text();
    },
  };
}

/** Waits until every receipt of the payment is archived. */
export async function awaitReceipts(dossierSystem: DossierSystem, paymentId: string): Promise<PaymentView> {
  return waitUntil(
    `the receipts of payment ${paymentId}`,
    async () => {
      const payment = await dossierSystem.readPayment(paymentId);
      const isDone =
        payment !== undefined && payment.receipts.length > 0 && payment.receipts.every(({ pdf }) => pdf !== undefined);
      return isDone ? payment : undefined;
    },
    { timeoutMs: 60_000 },
  );
}
