import type { StatementFault } from '#shared/domain/statement.ts';
import type { Archive } from './archive.ts';
import { readXml } from './read-xml.ts';
import { RefusedWorkbook, unsafeArchive } from './refused-workbook.ts';
import { TextCollector, type WorkbookParts } from './workbook-parts.ts';

/** A number as the file writes it, which is more exact than any number we could make of it. */
export interface SheetNumber {
  readonly digits: string;
  readonly isDate: boolean;
}

export interface SheetRow {
  readonly row: number;
  /** By column, from 0; columns without a cell are holes. */
  readonly cells: readonly (string | SheetNumber | undefined)[];
}

const mostRows = 1_048_576;
const mostColumns = 16_384;

/**
 * The rows of a sheet, in groups as they are unpacked.
 * @param onFormula told of each formula: what a formula comes to, its last editor's program decided
 * @throws RefusedWorkbook
 */
export function* readSheetRows(
  archive: Archive,
  parts: WorkbookParts,
  onFormula: (fault: StatementFault) => void,
): Generator<readonly SheetRow[]> {
  const reader = new SheetReader(parts, onFormula);
  yield* readXml(archive.unpack(parts.sheet), parts.sheet, reader, () => reader.takeRows());
}

class SheetReader {
  readonly #parts: WorkbookParts;
  readonly #onFormula: (fault: StatementFault) => void;
  readonly #inline = new TextCollector();
  #rows: SheetRow[] = [];
  #row = 0;
  #cells: (string | SheetNumber | undefined)[] = [];
  #column = -1;
  #type = 'n';
  #isDate = false;
  #value = '';
  #isValue = false;

  constructor(parts: WorkbookParts, onFormula: (fault: StatementFault) => void) {
    this.#parts = parts;
    this.#onFormula = onFormula;
  }

  takeRows(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'row') this.#openRow(attribute('r'));
    else if (name === 'c') this.#openCell(attribute);
    else if (name === 'v') this.#isValue = true;
    else if (name === 'f') this.#tellFormula();
    else this.#inline.open(name);
  }

  text(text: string): void {
    if (this.#isValue) this.#value += text;
    else this.#inline.add(text);
  }

  close(name: string): void {
    if (name === 'row') this.#rows.push({ row: this.#row, cells: this.#cells });
    else if (name === 'c') this.#closeCell();
    else if (name === 'v') this.#isValue = false;
    else this.#inline.close(name);
  }

  #openRow(number: string | undefined): void {
    const row = number === undefined ? this.#row + 1 : Number(number);
    if (!(row > this.#row)) throw unsafeArchive(`dòng ${this.#row + 1} không theo thứ tự`);
    if (row > mostRows)
      throw new RefusedWorkbook(
        'too-large',
        'Trang tính có hơn 1.048.576 dòng. Hãy xin tệp CSV hoặc tệp chia theo ngày.',
        row,
      );
    this.#row = row;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell(attribute: (name: string) => string | undefined): void {
    const letters = /^[A-Z]{1,3}/.exec(attribute('r') ?? '')?.[0];
    this.#column = letters === undefined ? this.#column + 1 : columnOf(letters);
    if (this.#column >= mostColumns) throw unsafeArchive(`dòng ${this.#row} có quá nhiều cột`);
    this.#type = attribute('t') ?? 'n';
    this.#isDate = this.#parts.dateStyles[Number(attribute('s') ?? -1)] === true;
    this.#value = '';
  }

  #closeCell(): void {
    const inline = this.#inline.take();
    const cell = this.#type === 'inlineStr' ? inline : this.#cellOf(this.#value);
    if (cell !== '') this.#cells[this.#column] = cell;
  }

  #cellOf(value: string): string | SheetNumber {
    if (value === '') return '';
    if (this.#type === 's') return this.#parts.texts[Number(value)] ?? this.#lostText();
    return this.#type === 'n' ? { digits: value.trim(), isDate: this.#isDate } : value;
  }

  #lostText(): never {
    throw unsafeArchive(`ô ${letterOf(this.#column)}${this.#row} chỉ tới chữ không có`);
  }

  #tellFormula(): void {
    const address = `${letterOf(this.#column)}${this.#row}`;
    const says =
      `Ô ${address} là công thức, kết quả tùy chương trình đã mở tệp. Hãy xin tệp chỉ có giá trị (dán “chỉ ` +
      'giá trị”), hoặc tệp CSV.';
    this.#onFormula({ line: this.#row, column: letterOf(this.#column), code: 'formula', says });
  }
}

function columnOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : letterOf(rest - 1)) + String.fromCodePoint(65 + (column % 26));
}
