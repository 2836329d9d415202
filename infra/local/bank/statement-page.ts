import * as z from 'zod';
import { bilingual, formatTime, formatVnd, renderPage } from '#infra/local/pages/layout.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import type { StatementEntry } from './account-statement.ts';
import type { PlayedAccount } from './played-account.ts';

const rowSchema = z.object({
  amount: z.coerce.number().int().positive(),
  status: z.enum(['success', 'failed', 'pending']),
});

/** The rows as the form leaves them: those that were left out are gone, the others say what was typed. */
export function readStatementForm(
  entries: readonly StatementEntry[],
  form: URLSearchParams,
): readonly StatementEntry[] {
  return entries.flatMap((entry, place) => {
    if (!form.getAll('keep').includes(String(place))) return [];
    const typed = rowSchema.safeParse({ amount: form.get(`amount-${place}`), status: form.get(`status-${place}`) });
    return typed.success ? [{ ...entry, amountVnd: typed.data.amount, status: typed.data.status }] : [entry];
  });
}

export interface StatementPageFacts {
  readonly played: PlayedAccount;
  readonly day: BusinessDate;
  readonly entries: readonly StatementEntry[];
  /** The collecting account that its money goes to, where it is compared with a bank. */
  readonly bankAccount?: string | undefined;
  /** Where the statement was laid a moment ago. */
  readonly laidInto?: string | undefined;
}

/** An account's statement of a day: to be fetched as it is, or with rows left out or altered, to try reconciliation. */
export function renderStatementPage({ played, day, entries, bankAccount, laidInto }: StatementPageFacts): Html {
  const { label, holder } = played;
  return renderPage(
    { title: `Sao kê ${label}`, place: 'Ngân hàng thử nghiệm' },
    html`<h1>${bilingual(`Sao kê ngày của ${label}`, 'statement of a day')}</h1>
<p>${holder} <small>${played.account.merchant}</small></p>
${laidInto === undefined ? undefined : html`<p class="notice" role="status">${bilingual(`Đã nộp vào ${laidInto}; hệ thống sẽ tự đối soát.`, 'Laid into the drop folder: it is reconciled by itself.')}</p>`}
<form method="get" class="card"><label>Ngày <input type="date" name="day" value="${day}" required></label> <button>${bilingual('Xem', 'show')}</button></form>
<form method="post">
<input type="hidden" name="day" value="${day}">
<table>
<thead><tr><th>Giữ</th><th>Lúc</th><th>Mã tham chiếu</th><th>Mã giao dịch</th><th class="number">Số tiền</th><th>Trạng thái</th></tr></thead>
<tbody>${entries.map(renderRow)}</tbody>
</table>
${entries.length === 0 ? html`<p>${bilingual('Ngày này ngân hàng chưa thu tiền nào.', 'The bank took no money on this day.')}</p>` : undefined}
<p><button class="primary" name="action" value="lay">${bilingual('Nộp cho hệ thống', 'lay into the drop folder')}</button>
<button name="action" value="fetch">${bilingual('Tải sao kê ngày', 'download')}</button></p>
${bankAccount === undefined ? undefined : renderBankButtons(bankAccount)}
</form>
<p><small>Bỏ dấu Giữ, sửa số tiền hay trạng thái để thử các tình huống lệch. <span lang="en">Leave rows out or alter them to play differences.</span></small></p>`,
  );
}

function renderBankButtons(account: string): Html {
  return html`<p>${bilingual(`Sao kê ngân hàng của tài khoản thu ${account}, ngày hạch toán là ngày trên`, 'the bank’s statement of the collecting account, booked on that day')}:
<button name="action" value="lay-bank">${bilingual('Nộp', 'lay it into the drop folder')}</button>
<button name="action" value="fetch-bank">${bilingual('Tải', 'download')}</button></p>`;
}

function renderRow({ reference, transactionId, at, amountVnd, kind, status }: StatementEntry, place: number): Html {
  const option = (value: StatementEntry['status'], text: string) =>
    value === status
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`;
  return html`<tr>
<td><input type="checkbox" name="keep" value="${place}" checked aria-label="Giữ dòng ${place + 1}"></td>
<td>${formatTime(at)}</td><td>${reference}</td><td>${transactionId}</td>
<td class="number">${kind === 'refund' ? html`hoàn ${formatVnd(amountVnd)}<br>` : undefined}<input name="amount-${place}" inputmode="numeric" pattern="[1-9][0-9]*" value="${amountVnd}" aria-label="Số tiền dòng ${place + 1}"></td>
<td><select name="status-${place}" aria-label="Trạng thái dòng ${place + 1}">${option('success', 'thành công')}${option('failed', 'thất bại')}${option('pending', 'đang xử lý')}</select></td>
</tr>`;
}
