import type { AttemptOpening, AttemptOrder } from '../gateway.ts';
import { encodeVietQr } from '../vietqr-content.ts';
import type { SepayAccount } from './settings.ts';

/** First step of an attempt: SePay is not asked; the citizen transfers, and the content names the attempt. */
export function openAttempt(order: AttemptOrder, account: SepayAccount): AttemptOpening {
  const { bankBin, bankName, accountNumber, accountName } = account.settings;
  const { amountVnd, gatewayRef: content } = order;
  const qrContent = encodeVietQr({ bankBin, accountNumber, amountVnd, purpose: content });
  return {
    kind: 'transfer',
    transfer: { bankBin, bankName, accountNumber, accountName, amountVnd, content, qrContent },
  };
}
