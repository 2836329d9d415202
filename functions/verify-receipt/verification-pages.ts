import { largestReceiptFileText } from '#shared/domain/receipt-file.ts';
import { formatReceiptNumber, receiptRulesOn } from '#shared/domain/rule-profile.ts';
import { formatDay, formatSigningTime, formatVnd } from '#shared/domain/vietnamese-format.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import type { PublicPage } from '#shared/rendering/public-page.ts';
import type { UploadRefusal } from './read-upload.ts';
import type { Verification, VerifiedCheck } from './verify-upload.ts';

const form = html`<form method="post" action="/verify" enctype="multipart/form-data">
<label for="file">Tệp biên lai XML hoặc PDF, không quá ${largestReceiptFileText}</label>
<input type="file" id="file" name="file" accept=".xml,.pdf,application/xml,text/xml,application/pdf" required>
<br><button type="submit">Kiểm tra</button>
</form>`;

/** The page with which anybody begins. */
export const uploadPage: PublicPage = {
  headline: 'Kiểm tra tệp biên lai điện tử',
  headlineEnglish: 'Verify an electronic receipt',
  tone: 'plain',
  hasForm: true,
  content: html`<p>Chọn tệp biên lai quý vị nhận được. Hệ thống kiểm tra chữ ký số, nội dung và đối chiếu với sổ biên lai; tệp
không được lưu lại.</p>
${form}`,
};

export function pageOfRefusal({ says }: UploadRefusal): PublicPage {
  return {
    headline: 'Chưa kiểm tra được',
    headlineEnglish: 'Nothing was verified',
    tone: 'waiting',
    hasForm: true,
    content: html`<p>${says}</p>
${form}`,
  };
}

export function pageOfVerification(verification: Verification): PublicPage {
  return {
    ...conclusionOf(verification),
    hasForm: true,
    content: html`${explanationOf(verification)}${factsOf(verification)}
<h2>Các bước kiểm tra <small lang="en">checks</small></h2>
<ol class="checks">${verification.checks.map(rowOf)}</ol>
<p><small>SHA-256 của tệp ${verification.kind.toUpperCase()}:</small> <code>${verification.sha256}</code></p>
<h2>Kiểm tra tệp khác <small lang="en">another file</small></h2>
${form}`,
  };
}

/** In the order of weight: what is false, what is unfinished, what has a flaw, and what is simply good. */
function conclusionOf({ isGenuine, checks }: Verification): Pick<PublicPage, 'headline' | 'headlineEnglish' | 'tone'> {
  if (!isGenuine) {
    return { headline: 'Biên lai không hợp lệ', headlineEnglish: 'Not a valid receipt', tone: 'bad' };
  }
  if (checks.some(({ outcome }) => outcome !== 'passed')) {
    return {
      headline: 'Chữ ký đúng, chưa đối chiếu được với sổ biên lai',
      headlineEnglish: 'The signature holds; the register did not answer',
      tone: 'waiting',
    };
  }
  if (checks.some(({ says }) => says !== undefined)) {
    return {
      headline: 'Biên lai thật, có điều cần lưu ý',
      headlineEnglish: 'Genuine, with a remark below',
      tone: 'waiting',
    };
  }
  return { headline: 'Biên lai hợp lệ', headlineEnglish: 'Genuine receipt', tone: 'good' };
}

function explanationOf({ isGenuine, checks }: Verification): Html {
  const remark = checks.find(({ says, outcome }) => says !== undefined && (isGenuine || outcome === 'failed'));
  const advice = isGenuine
    ? 'Hãy so các mục dưới đây với bản quý vị đang cầm.'
    : 'Không dùng tệp này. Nếu nhận từ tổ chức thu, hãy xin lại tệp gốc; in ra rồi quét lại, mở và lưu lại bằng phần mềm khác đều làm hỏng chữ ký.';
  const notice = remark === undefined ? undefined : html`<p class="notice">${remark.code}: ${remark.says}</p>`;
  return html`${notice}<p>${advice}</p>`;
}

function factsOf({ receipt, signer }: Verification): Html | undefined {
  if (receipt === undefined || signer === undefined) return undefined;
  return html`<dl>
<dt>Mẫu số</dt><dd>${receipt.template}</dd>
<dt>Ký hiệu</dt><dd>${receipt.series}</dd>
<dt>Số</dt><dd>${formatReceiptNumber(receipt.number, receiptRulesOn(receipt.issuedOn).profile)}</dd>
<dt>Ngày lập</dt><dd>${formatDay(receipt.issuedOn)}</dd>
<dt>Tổ chức thu</dt><dd>${receipt.collector.name}</dd>
<dt>Mã số thuế</dt><dd>${receipt.collector.taxCode}</dd>
<dt>Số tiền</dt><dd>${formatVnd(receipt.amountVnd)}</dd>
<dt>Người nộp</dt><dd>${receipt.payer} <small>(đã che, masked)</small></dd>
<dt>Ký bởi</dt><dd>${signer.subject}</dd>
<dt>Chứng thư do</dt><dd>${signer.issuer}</dd>
<dt>Ký ngày</dt><dd>${formatSigningTime(signer.signedAt)}</dd>
</dl>`;
}

const outcomes = { passed: 'Đạt', failed: 'Không đạt', 'not-done': 'Chưa kiểm tra' } as const;

function rowOf({ code, title, outcome, says }: VerifiedCheck): Html {
  const more = says === undefined ? undefined : html`<br><small>${says}</small>`;
  return html`<li><span class="${outcome}">${code} · ${outcomes[outcome]}</span><br>${title}${more}</li>
`;
}
