import { formatDay, formatSigningTime, formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { ClaimVerdict } from '#shared/signing/verify-claim.ts';

/** What came of a QR code, and of the file that it was held against. */
export interface ClaimResult {
  readonly verdict: ClaimVerdict;
  /** Whether the file is the one that the claim names; nothing when there was none. */
  readonly isOfFile: boolean | undefined;
}

/** For the inspector who scanned the code. Vietnamese first. */
export function claimReportOf({ verdict, isOfFile }: ClaimResult): readonly string[] {
  switch (verdict.kind) {
    case 'false':
      return [`Mã QR: KHÔNG HỢP LỆ (not valid), ${verdict.code}`, `  → ${verdict.says} (${verdict.detail})`];
    case 'no-certificate':
      return [
        `Mã QR: CHƯA KIỂM TRA ĐƯỢC (cannot be verified)`,
        `  → chưa có chứng thư của tổ chức thu MST ${verdict.taxCode}; dùng --cert TỆP.PEM (give its certificate)`,
      ];
    case 'genuine':
      return [...genuineLines(verdict), ...fileLines(isOfFile)];
  }
}

function genuineLines({ claim, signer, caution }: Extract<ClaimVerdict, { kind: 'genuine' }>): readonly string[] {
  const { template, series, number, issuedOn, taxCode, amountVnd, xmlSha256 } = claim;
  return [
    'Mã QR: chữ ký đúng (the signature holds); so từng mục với tờ biên lai (compare with the paper):',
    `  Biên lai (receipt): mẫu ${template}, ký hiệu ${series}, số ${number}, ngày ${formatDay(issuedOn)}`,
    `  Tổ chức thu (collected by): MST ${taxCode}`,
    `  Số tiền (amount): ${formatVnd(amountVnd)}`,
    `  Ký bởi (signed by): ${signer.subject}, lúc ${formatSigningTime(signer.signedAt)}`,
    `  SHA-256 của XML gốc (of the original): ${xmlSha256}`,
    ...(caution === undefined ? [] : [`  Lưu ý (caution): ${caution}`]),
    '  Còn lại chưa kiểm tra (not done): V9, tra cứu để biết có bị thay thế không (look it up to learn of a replacement)',
  ];
}

function fileLines(isOfFile: boolean | undefined): readonly string[] {
  if (isOfFile === undefined) return [];
  return [
    isOfFile
      ? '  Tệp kèm theo đúng là tệp mà mã QR nêu (the file is the one that the code names)'
      : '  TỆP KÈM THEO KHÁC tệp mà mã QR nêu (the file is another than the code names): KHÔNG HỢP LỆ (not valid)',
  ];
}
