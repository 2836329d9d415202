import type { BalanceProof } from '#schemas/balance-proof.ts';
import type { Instant } from '#schemas/ids.ts';
import type { Collector } from '#schemas/receipt.ts';
import type { ProofPageFacts } from '#shared/domain/proof-page.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import {
  formatDay,
  formatSigningTime,
  formatVietnamTime,
  formatVnd,
  spellOutDate,
} from '#shared/domain/vietnamese-format.ts';
import type { ReceiptFonts } from './receipt-fonts.ts';
import { frame, lineHeightOf, ReceiptSheet } from './receipt-sheet.ts';
import { hairline, styles } from './receipt-styles.ts';
import { explanationOf } from './reports/balance-rows.ts';
import { adjustmentWords, classWords } from './reports/reconciliation-words.ts';
import { drawSheetTable, placeColumns } from './sheet-table.ts';
import type { Box } from './signature-field.ts';

/** Who signs the page, and the room for it: `roomForSignature` of the signer. */
export interface ProofSigning extends Pick<Collector, 'name' | 'taxCode'> {
  readonly signatureBytes: number;
}

/**
 * Bảng cân đối ngày as a page: the sentences of the balance, the classes of the reconciliation, who closed the day.
 * @returns a PDF/A-3b; with `signing`, with a hole that `signReceiptPdf` fills
 */
export async function renderProofPage(
  facts: ProofPageFacts,
  fonts: ReceiptFonts,
  signing?: ProofSigning,
): Promise<Uint8Array> {
  const title = `Bảng cân đối ${facts.gateway}/${facts.merchant} ${facts.day}`;
  const createdAt = new Date(facts.madeAt);
  const author = signing?.name ?? facts.merchant;
  const sheet = new ReceiptSheet(fonts, { title, author, creator: 'bien-lai', createdAt });
  drawHead(sheet, facts);
  drawEquations(sheet, facts.proof);
  drawClasses(sheet, facts.proof);
  drawAdjustments(sheet, facts.proof);
  drawPeople(sheet, facts);
  const box = drawSignature(sheet, facts, signing);
  if (signing !== undefined) {
    sheet.signatureField(box, { name: signing.name, signedAt: createdAt, bytes: signing.signatureBytes });
  }
  return sheet.finish((page, pages) => drawFoot(sheet, title, page, pages));
}

function drawHead(sheet: ReceiptSheet, facts: ProofPageFacts): void {
  const centred = { x: frame.left, width: frame.width, align: 'center' } as const;
  sheet.element('H1', () => sheet.write('BẢNG CÂN ĐỐI NGÀY', styles.title, centred));
  sheet.moveDown(lineHeightOf(styles.title));
  sheet.element('P', () => sheet.write(spellOutDate(facts.day), styles.symbol, centred));
  sheet.moveDown(lineHeightOf(styles.symbol) + 5);
  const { close, run, statement } = facts;
  const basis = close?.kind === 'no-transactions' ? 'ngày không phát sinh giao dịch' : `lần đối soát thứ ${run ?? '–'}`;
  drawLines(sheet, [
    `Kênh: ${facts.gateway} — Tài khoản: ${facts.merchant} — Căn cứ: ${basis}`,
    `Sao kê (SHA-256): ${statement ?? 'không có'}`,
    `${exceptionsText(facts)}Kết luận: ${facts.proof.holds ? 'CÂN' : 'KHÔNG CÂN'}`,
  ]);
}

/** A close from before they were counted says nothing of them. */
function exceptionsText({ close, openExceptions }: ProofPageFacts): string {
  if (openExceptions === undefined) return '';
  return `Ngoại lệ còn mở${close === undefined ? '' : ' lúc khóa sổ'}: ${openExceptions} — `;
}

function drawLines(sheet: ReceiptSheet, texts: readonly string[]): void {
  for (const text of texts) {
    const lines = sheet.wrap(text, styles.value, frame.width);
    sheet.makeRoom(lines.length * lineHeightOf(styles.value));
    sheet.element('P', () => {
      for (const [index, line] of lines.entries()) {
        sheet.write(line, styles.value, { x: frame.left }, index * lineHeightOf(styles.value));
      }
    });
    sheet.moveDown(lines.length * lineHeightOf(styles.value) + 1.5);
  }
  sheet.moveDown(4);
}

const equationColumns = placeColumns([
  { width: 'rest', align: 'left' },
  { width: 66, align: 'right' },
  { width: 66, align: 'right' },
  { width: 58, align: 'right' },
  { width: 32, align: 'center' },
]);

/** A difference stands with what it is made of; without a name it is the desk's first concern. */
function drawEquations(sheet: ReceiptSheet, { equations }: BalanceProof): void {
  const rows = equations.map((equation) => {
    const explained = explanationOf(equation, formatSigned);
    const unexplained = equation.unexplainedVnd === 0 ? '' : `chưa giải thích ${formatSigned(equation.unexplainedVnd)}`;
    const why = [explained, unexplained].filter((part) => part !== '').join('; ');
    return [
      why === '' ? equation.title : `${equation.title} — ${why}`,
      formatSigned(equation.leftVnd),
      formatSigned(equation.rightVnd),
      formatSigned(equation.differenceVnd),
      equation.holds ? 'Cân' : 'KHÔNG',
    ];
  });
  drawSheetTable(sheet, equationColumns, { head: ['Đẳng thức', 'Vế trái', 'Vế phải', 'Chênh lệch', 'Cân'], rows });
  sheet.moveDown(9);
}

const classColumns = placeColumns([
  { width: 'rest', align: 'left' },
  { width: 46, align: 'right' },
  { width: 92, align: 'right' },
  { width: 92, align: 'right' },
]);

function drawClasses(sheet: ReceiptSheet, { figures }: BalanceProof): void {
  const rows = reconciliationClasses.flatMap((name) => {
    const of = figures.classes[name];
    if (of === undefined || of.count === 0) return [];
    return [[classWords[name], String(of.count), formatSigned(of.statementVnd), formatSigned(of.ledgerVnd)]];
  });
  const head = ['Kết quả đối soát', 'Số dòng', 'Theo cổng', 'Theo sổ'];
  drawSheetTable(sheet, classColumns, { head, rows: rows.length === 0 ? [['Không có giao dịch', '0', '', '']] : rows });
  sheet.moveDown(9);
}

function drawAdjustments(sheet: ReceiptSheet, { adjustments }: BalanceProof): void {
  if (adjustments.length === 0) return;
  drawLines(
    sheet,
    adjustments.map(
      ({ day, class: name, effect, differenceVnd }) =>
        `Điều chỉnh cho ngày đã khóa ${formatDay(day)}: ${classWords[name]} (${adjustmentWords[effect]}), ${formatSigned(differenceVnd)}`,
    ),
  );
}

function drawPeople(sheet: ReceiptSheet, { close, madeBy, madeAt }: ProofPageFacts): void {
  const at = (instant: Instant | undefined) => (instant === undefined ? '' : `, lúc ${formatVietnamTime(instant)}`);
  const closed =
    close === undefined
      ? ['Ngày này CHƯA KHÓA SỔ: số liệu còn có thể thay đổi.']
      : [
          `Người lập: ${close.maker}${at(close.proposedAt)}`,
          `Người duyệt: ${close.checker ?? ''}${at(close.decidedAt)}`,
          `Mã băm của số liệu đã khóa (SHA-256): ${close.digest}`,
        ];
  const made = madeBy === undefined ? 'hệ thống lập từ số liệu đã khóa' : `${madeBy} lập`;
  drawLines(sheet, [...closed, `Trang này do ${made}${at(madeAt)}.`]);
}

const boxHeight = 40;

function drawSignature(sheet: ReceiptSheet, { madeAt }: ProofPageFacts, signing: ProofSigning | undefined): Box {
  const lines = (
    signing === undefined
      ? ['Chưa ký số']
      : [`Ký bởi: ${signing.name}`, `MST: ${signing.taxCode}`, `Ngày ký: ${formatSigningTime(madeAt)}`]
  ).flatMap((line) => sheet.wrap(line, styles.signed, boxWidth - 8));
  const height = Math.max(boxHeight, lines.length * lineHeightOf(styles.signed) + 8);
  sheet.makeRoom(height);
  const box = { x: frame.right - boxWidth, y: sheet.y, width: boxWidth, height };
  sheet.outline(box, hairline);
  const place = { x: box.x + 4, width: boxWidth - 8, align: 'center' } as const;
  sheet.element('P', () => {
    for (const [index, line] of lines.entries()) {
      sheet.write(line, styles.signed, place, 4 + index * lineHeightOf(styles.signed));
    }
  });
  return box;
}

const boxWidth = 180;

function drawFoot(sheet: ReceiptSheet, title: string, page: number, pages: number): void {
  sheet.moveDown(8);
  sheet.rule(hairline, 0.5);
  sheet.decoration(() => {
    sheet.write(title, styles.small, { x: frame.left }, 4);
    sheet.write(`Trang ${page}/${pages}`, styles.small, { x: frame.left, width: frame.width, align: 'right' }, 4);
  });
}

/** `formatVnd` groups digits only; a sum may be below 0 here. */
function formatSigned(vnd: number): string {
  return vnd < 0 ? `−${formatVnd(-vnd)}` : formatVnd(vnd);
}
