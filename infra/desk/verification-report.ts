import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { ReceiptFacts } from '#shared/rendering/read-receipt-xml.ts';
import type { SignerFacts } from '#shared/signing/examine-receipt.ts';
import type { Check } from '#shared/signing/verdict.ts';
import type { FileVerdict } from '#shared/signing/verify-receipt-file.ts';

/** What a verification of a file came to. */
export interface VerificationResult extends FileVerdict {
  readonly file: string;
}

const outcomes: Readonly<Record<Check['outcome'], string>> = {
  passed: 'ĐẠT           (passed)  ',
  failed: 'KHÔNG ĐẠT     (failed)  ',
  'not-done': 'CHƯA KIỂM TRA (not done)',
};

/** For whoever holds the receipt: each check, then what may be believed of it. Vietnamese first. */
export function reportOf(result: VerificationResult): readonly string[] {
  const { file, kind, sha256, checks, isGenuine, facts, signer } = result;
  return [
    `Tệp (file): ${file} (${kind === 'pdf' ? 'PDF' : 'XML'}), SHA-256 ${sha256}`,
    ...checks.flatMap(linesOf),
    ...(facts === undefined || signer === undefined ? [] : factLines(facts, signer)),
    isGenuine
      ? `Kết luận: không phát hiện sai lệch (genuine as far as it was checked)${openEnd(checks)}`
      : 'Kết luận: KHÔNG HỢP LỆ, không dùng biên lai này (not valid)',
  ];
}

function linesOf({ code, title, outcome, says, detail }: Check): readonly string[] {
  const more = says === undefined ? [] : [`     → ${says}${detail === undefined ? '' : ` (${detail})`}`];
  return [`  ${code} ${outcomes[outcome]} ${title}`, ...more];
}

function factLines(facts: ReceiptFacts, { subject, taxCode, signedAt }: SignerFacts): readonly string[] {
  const { template, series, number, issuedOn, collector, payer, totalVnd, totalInWords, replaces } = facts;
  return [
    `Biên lai (receipt): mẫu ${template}, ký hiệu ${series}, số ${number}, ngày ${issuedOn}`,
    `Tổ chức thu (collected by): ${collector.name}, MST ${collector.taxCode}`,
    `Người nộp (paid by): ${payer.name}`,
    `Số tiền (amount): ${formatVnd(totalVnd)} (${totalInWords})`,
    ...(replaces === undefined
      ? []
      : [`Thay thế (replaces): ${replaces.series} số ${replaces.number}: ${replaces.reason}`]),
    `Ký bởi (signed by): ${subject}, MST ${taxCode ?? 'không có'}, lúc ${clockOf(signedAt)}`,
  ];
}

function clockOf(signedAt: SignerFacts['signedAt']): string {
  return vietnamTimeOf(signedAt).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$3/$2/$1 $4:$5:$6');
}

function openEnd(checks: readonly Check[]): string {
  const open = checks.filter(({ outcome }) => outcome === 'not-done').map(({ code }) => code);
  return open.length === 0 ? '' : `; còn lại chưa kiểm tra (not done): ${open.join(', ')}`;
}
