import { basename } from 'node:path';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { TotalComparison } from '#shared/reconciling/matching/compare-totals.ts';
import { describeFault } from '#shared/reconciling/statements/explain-statement.ts';
import { classWords } from '#shared/rendering/reports/reconciliation-words.ts';
import type { Reconciled, Refusal } from './reconcile-order.ts';
import { textTable } from './text-table.ts';

export const reconcileHelp = `npm run reconcile -- --gateway CỔNG --day NGÀY --ledger ledger.csv --statement TỆP --out THƯ-MỤC
npm run reconcile -- --check --gateway CỔNG --day NGÀY --statement TỆP     chỉ đọc thử sao kê (reads the statement only)
npm run reconcile -- --demo [--seed SỐ] [--out THƯ-MỤC]                    một ngày mẫu có đủ loại sai lệch (a sample day)

  --ledger     sổ của ta, CSV: reference,gatewayTxnId,amountVnd,state,paidAt,receipt, có thể thêm dossier; giữ cả các dòng
               của ngày trước và ngày sau (our ledger, with the rows of the neighbouring days)
  --statement  sao kê của cổng; lặp lại để thêm tệp của ngày trước, ngày sau (repeat it for the neighbours' files)
  --layout     tên mẫu cột trong config/<stage>/statement-layouts.json; mẫu HDR|DTL|TRL tự nhận ra
               (name of a mapping; the project layout tells itself)
  --merchant   tài khoản tại cổng; --account  tài khoản nhận tiền của đơn vị, có thể lặp lại: tiền vào tài khoản khác là
               SAI_TAI_KHOAN (accounts that money may be credited to)
  --bank       sao kê ngân hàng (CSV, XLSX, camt.053, MT940): tổng ngày so với ghi có; --bank-day ngày ghi có, mặc định
               ngày đối soát; --bank-content chữ có trong nội dung; --bank-layout tên mẫu cột
               (bank statement: the day's sum against its credits)
  --fee-each   phí cổng giữ lại mỗi giao dịch, đồng; --fee-percent phần trăm, như 0.825 (fee that the gateway keeps)
  --pay-in     sao kê các lần nộp ngân sách, kèm --bank; --pay-in-day ngày nộp; --kept số tiền được để lại
               (pay-ins to the treasury, and what the body keeps)
  --separator  dấu phân cách của tệp CSV ghi ra, , hay ; (of the CSV files that are written)
  --matched    ghi cả từng cặp khớp vào matched.parquet (every matched pair too)
  --stage      cấu hình dev (mặc định) hay prod (whose configuration)

Ghi vào THƯ-MỤC: exceptions.csv, exceptions.xlsx, result.parquet, so-doi-soat.csv, summary.json.
Dòng JSON duy nhất ở stdout ghi số lượng và số tiền từng loại (one line of JSON with count and sum of each class).
Cách đọc từng loại: docs/reconciliation.md. Không cần ngăn xếp đang chạy (needs no running stack).
Mã thoát (exit code): 0 đã đối soát, kể cả khi có sai lệch; 1 có tệp bị từ chối; 2 sai tùy chọn.`;

/** Why files were refused, each fault with its line. */
export function refusalText(refusals: readonly Refusal[]): string {
  return refusals
    .flatMap(({ file, refused: { faults, unlisted } }) => [
      `Từ chối (refused) ${basename(file)}:`,
      ...faults.map((fault) => `${describeFault(fault)} [${fault.code}]`),
      ...(unlisted > 0 ? [`  và ${unlisted} lỗi nữa (more faults)`] : []),
    ])
    .join('\n');
}

/** What a day comes to, for a person. */
export function reconciledText({ figures, bank, payIn, results }: Reconciled): string {
  const rows = reconciliationClasses.flatMap((name) => {
    const tally = figures.classes[name];
    return tally === undefined ? [] : [[name, String(tally.count), formatVnd(tally.sum), classWords[name]]];
  });
  return [
    textTable(rows),
    ...(bank === undefined ? [] : [totalText('Ngân hàng (bank)', bank)]),
    ...(payIn === undefined ? [] : [totalText('Kho bạc (treasury)', payIn)]),
    `Cần xử lý (to be looked into): ${results.exceptions}. Đã ghi (written): ${results.files.join(', ')}`,
  ].join('\n');
}

function totalText(name: string, { expectedVnd, foundVnd, differenceVnd }: TotalComparison): string {
  const verdict = differenceVnd === 0 ? 'khớp (equal)' : `LỆCH (differs by) ${formatVnd(differenceVnd)}`;
  return `${name}: phải có ${formatVnd(expectedVnd)}, thấy ${formatVnd(foundVnd)}: ${verdict}`;
}
