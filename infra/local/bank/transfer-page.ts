import * as z from 'zod';
import { bilingual, renderPage } from '#infra/local/pages/layout.ts';
import type { PlayedTransfer } from '#shared/gateways/player.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import type { PlayedAccount } from './played-account.ts';

const transferSchema = z.object({
  accountNumber: z.string().trim().min(1).max(30),
  amountVnd: z.coerce.number().int().positive(),
  content: z.string().trim().min(1).max(100),
});

export type TransferReading =
  | { readonly ok: true; readonly transfer: PlayedTransfer }
  | { readonly ok: false; readonly why: string };

/** Reads what the payer typed into the form. */
export function readTransferForm(form: URLSearchParams): TransferReading {
  const transfer = transferSchema.safeParse(Object.fromEntries(form));
  return transfer.success ? { ok: true, transfer: transfer.data } : { ok: false, why: z.prettifyError(transfer.error) };
}

/** Address of the form, filled in for a transfer that we ask for. */
export function transferPath(
  whose: { readonly gateway: string; readonly merchant: string },
  transfer: PlayedTransfer,
): string {
  const { accountNumber, amountVnd, content } = transfer;
  const fields = new URLSearchParams({ accountNumber, amountVnd: String(amountVnd), content });
  return `/bank/${whose.gateway}/${whose.merchant}/transfer?${fields.toString()}`;
}

/** A transfer in a banking app: by a code everything is filled in, by hand anything can be typed. */
export function renderTransferPage({ holder }: PlayedAccount, filledIn: URLSearchParams): Html {
  const field = (name: string) => filledIn.get(name) ?? '';
  return renderPage(
    { title: 'Chuyển khoản', place: 'Ngân hàng thử nghiệm' },
    html`<h1>${bilingual('Chuyển khoản', 'a transfer in a banking app, played by this machine')}</h1>
<form method="post" class="card fields">
<p>Người hưởng: <b>${holder}</b></p>
<label>Số tài khoản <small lang="en">account</small><input name="accountNumber" required maxlength="30" value="${field('accountNumber')}"></label>
<label>Số tiền (đồng) <small lang="en">amount</small><input name="amountVnd" required inputmode="numeric" pattern="[1-9][0-9]*" value="${field('amountVnd')}"></label>
<label>Nội dung <small lang="en">content: by this text alone the money finds its payment</small><input name="content" required maxlength="100" value="${field('content')}"></label>
<p><button class="primary">${bilingual('Tiếp tục', 'continue')}</button></p>
</form>
<p><small>Gõ nội dung khác để thử tiền không rõ của ai. <span lang="en">Another content plays money that nobody can tell whose it is.</span></small></p>`,
  );
}
