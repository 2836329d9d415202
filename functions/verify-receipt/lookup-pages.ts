import { formatReceiptNumber, receiptRulesOn } from '#shared/domain/rule-profile.ts';
import { formatDay, formatSigningTime, formatVnd } from '#shared/domain/vietnamese-format.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import type { PublicPage } from '#shared/rendering/public-page.ts';
import type { PublicReceipt, ReceiptIdentity } from './public-receipt.ts';

const states = {
  'awaiting-signature': {
    headline: 'Biên lai chờ ký số',
    headlineEnglish: 'Receipt awaiting its signature',
    tone: 'waiting',
    explanation:
      'Khoản nộp đã được ghi nhận và biên lai đã có số. Biên lai có giá trị khi tổ chức thu đã ký số; quý vị vui lòng xem lại sau ít phút.',
  },
  signed: {
    headline: 'Biên lai đã ký số',
    headlineEnglish: 'Signed receipt',
    tone: 'good',
    explanation:
      'Biên lai này có trong sổ biên lai của tổ chức thu. Hãy so từng mục dưới đây với bản quý vị đang cầm: khác một chữ số là bản giả.',
  },
  replaced: {
    headline: 'Biên lai đã bị thay thế',
    headlineEnglish: 'Replaced receipt',
    tone: 'bad',
    explanation: 'Không dùng biên lai này để thanh toán, quyết toán.',
  },
} as const satisfies Record<PublicReceipt['state'], object>;

/** A receipt as the public may see it. */
export function pageOfReceipt(receipt: PublicReceipt): PublicPage {
  const { explanation, ...frame } = states[receipt.state];
  const refund = noticeOfRefund(receipt);
  return {
    ...frame,
    // Good news would be read, and the notice below it not.
    tone: refund !== undefined && frame.tone === 'good' ? 'waiting' : frame.tone,
    content: html`${noticeOfReplacement(receipt)}${refund}<p>${explanation}</p>
${factsOf(receipt)}
<p><a href="/verify">Kiểm tra tệp biên lai XML hoặc PDF <small lang="en">(verify a receipt file)</small></a></p>`,
  };
}

function factsOf(receipt: PublicReceipt): Html {
  const { template, series, number, profile, issuedOn, collector, amountVnd, payer, signature } = receipt;
  return html`<dl>
<dt>Mẫu số</dt><dd>${template}</dd>
<dt>Ký hiệu</dt><dd>${series}</dd>
<dt>Số</dt><dd>${formatReceiptNumber(number, profile)}</dd>
<dt>Ngày lập</dt><dd>${formatDay(issuedOn)}</dd>
${delegatorOf(receipt)}<dt>Tổ chức thu</dt><dd>${collector.name}</dd>
<dt>Mã số thuế</dt><dd>${collector.taxCode}</dd>
<dt>Số tiền</dt><dd>${formatVnd(amountVnd)}</dd>
<dt>Người nộp</dt><dd>${payer} <small>(đã che, masked)</small></dd>
<dt>Chữ ký số</dt><dd>${signature === undefined ? 'Chưa ký số' : signatureOf(signature)}</dd>
</dl>`;
}

/** Before the organisation that collected, as on the receipt itself (NĐ 254/2026 art. 25). */
function delegatorOf({ collector: { delegator } }: PublicReceipt): Html | undefined {
  if (delegator === undefined) return undefined;
  return html`<dt>Tổ chức ủy nhiệm thu</dt><dd>${delegator.name}, mã số thuế ${delegator.taxCode}</dd>
`;
}

function signatureOf({ signedAt, xmlSha256 }: NonNullable<PublicReceipt['signature']>): Html {
  return html`Tổ chức thu ký ngày ${formatSigningTime(signedAt)}<br><small>SHA-256 của tệp XML gốc:</small> <code>${xmlSha256}</code>`;
}

function noticeOfReplacement({ replacedBy, replaces }: PublicReceipt): Html {
  const by = replacedBy === undefined ? undefined : `Đã bị thay thế bởi biên lai ${inWords(replacedBy)}.`;
  const of = replaces === undefined ? undefined : `Thay thế biên lai ${inWords(replaces)}: ${replaces.reason}`;
  return html`${[by, of].map((says) => (says === undefined ? undefined : html`<p class="notice">${says}</p>`))}`;
}

function inWords({ template, series, number, issuedOn }: ReceiptIdentity): string {
  return `mẫu ${template}, ký hiệu ${series}, số ${formatReceiptNumber(number, receiptRulesOn(issuedOn).profile)}, ngày ${formatDay(issuedOn)}`;
}

/** A refund leaves the receipt as it is, so whoever is shown it must hear of the money (receipt rules §4.2). */
function noticeOfRefund({ refund }: PublicReceipt): Html | undefined {
  return refund.extent === 'none' ? undefined : html`<p class="notice">${refundInWords(refund)}</p>`;
}

function refundInWords(refund: PublicReceipt['refund']): string {
  switch (refund.extent) {
    case 'unknown':
      return 'Hiện chưa xác định được khoản nộp này đã được hoàn trả hay chưa: hãy hỏi tổ chức thu.';
    case 'full':
      return 'Đã hoàn phí: toàn bộ khoản nộp của biên lai này đã được hoàn trả cho người nộp.';
    default:
      return `Đã hoàn phí một phần: ${formatVnd(refund.refundedVnd)} trong ${formatVnd(refund.paidVnd)} của lần thanh toán có biên lai này.`;
  }
}

export const unknownReceiptPage: PublicPage = {
  headline: 'Không tìm thấy biên lai',
  headlineEnglish: 'No such receipt',
  tone: 'bad',
  content: html`<p>Không có biên lai nào mang mã tra cứu này. Quý vị hãy kiểm tra:</p>
<ul>
<li>Mã tra cứu gồm 12 ký tự, chữ cái và chữ số; trong mã không có chữ I, chữ O, số 0 và số 1.</li>
<li>Địa chỉ trang đang mở đúng là địa chỉ in trên biên lai.</li>
<li>Biên lai do hệ thống này lập: biên lai của hệ thống khác tra cứu ở nơi đã lập.</li>
<li>Biên lai vừa lập: quý vị vui lòng thử lại sau một phút.</li>
</ul>
<p>Nếu có tệp biên lai, quý vị có thể <a href="/verify">kiểm tra tệp XML hoặc PDF</a>. Nếu mã và địa chỉ đều đúng mà vẫn không tìm
thấy, biên lai có thể là giả: hãy hỏi tổ chức thu ghi trên biên lai.</p>`,
};
