import type { Archive } from './archive.ts';
import { readWholeXml, readXml } from './read-xml.ts';
import { RefusedWorkbook, unsafeArchive } from './refused-workbook.ts';

/** What a sheet's cells refer to. */
export interface WorkbookParts {
  /** Path of the sheet within the archive. */
  readonly sheet: string;
  readonly texts: readonly string[];
  /** By number of the style: whether a number in it is shown as a date or time. */
  readonly dateStyles: readonly boolean[];
  /** Days are counted from 1904, as old Macintoshes did. */
  readonly from1904: boolean;
}

/** All texts of a workbook together; the sheet refers to them, so they must lie in memory. */
const mostSharedCharacters = 128 * 1024 * 1024;

/**
 * @param wanted name of a sheet; without it, the first that is not hidden
 * @throws RefusedWorkbook
 */
export function readWorkbookParts(archive: Archive, wanted: string | undefined): WorkbookParts {
  if (!archive.has('xl/workbook.xml')) {
    throw new RefusedWorkbook('layout', 'Tệp nén này không phải bảng tính XLSX. Hãy giải nén, rồi nộp tệp bên trong.');
  }
  const { sheets, from1904 } = readSheetList(archive);
  const sheet =
    wanted === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : sheets.find(({ name }) => name === wanted);
  if (sheet === undefined) {
    const names = sheets.map(({ name }) => `“${name}”`).join(', ');
    const says = `Bảng tính không có trang “${wanted ?? ''}”, chỉ có ${names}. Hãy sửa "sheet" của mẫu.`;
    throw new RefusedWorkbook('layout', says);
  }
  const targets = readRelations(archive);
  const path = targets.get(sheet.relation);
  if (path === undefined || !archive.has(path)) throw unsafeArchive(`thiếu trang “${sheet.name}”`);
  return { sheet: path, texts: readSharedTexts(archive), dateStyles: readDateStyles(archive), from1904 };
}

interface ListedSheet {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

function readSheetList(archive: Archive): { readonly sheets: readonly ListedSheet[]; readonly from1904: boolean } {
  const sheets: ListedSheet[] = [];
  let from1904 = false;
  readPart(archive, 'xl/workbook.xml', (name, attribute) => {
    if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
    if (name !== 'sheet') return;
    sheets.push({
      name: attribute('name') ?? '',
      relation: attribute('id') ?? '',
      isHidden: (attribute('state') ?? 'visible') !== 'visible',
    });
  });
  return { sheets, from1904 };
}

function readRelations(archive: Archive): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  readPart(archive, 'xl/_rels/workbook.xml.rels', (name, attribute) => {
    const target = attribute('Target') ?? '';
    if (name === 'Relationship')
      targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  });
  return targets;
}

function readPart(
  archive: Archive,
  part: string,
  open: (name: string, attribute: (name: string) => string | undefined) => void,
): void {
  readWholeXml(archive.unpack(part), part, { open, close: () => undefined, text: () => undefined });
}

function readSharedTexts(archive: Archive): readonly string[] {
  const part = 'xl/sharedStrings.xml';
  if (!archive.has(part)) return [];
  const texts: string[] = [];
  let characters = 0;
  const collector = new TextCollector();
  const handler = {
    open: (name: string) => collector.open(name),
    text: (text: string) => collector.add(text),
    close(name: string) {
      collector.close(name);
      if (name !== 'si') return;
      const text = collector.take();
      characters += text.length;
      texts.push(text);
    },
  };
  for (const kept of readXml(archive.unpack(part), part, handler, () => characters)) {
    if (kept > mostSharedCharacters) throw unsafeArchive('quá nhiều chữ');
  }
  return texts;
}

/** The text of `si` and `is`: runs of different looks are one text; readings of Chinese characters (`rPh`) are none. */
export class TextCollector {
  #text = '';
  #isText = false;
  #isReading = false;

  open(name: string): void {
    if (name === 'rPh') this.#isReading = true;
    if (name === 't') this.#isText = true;
  }

  add(text: string): void {
    if (this.#isText && !this.#isReading) this.#text += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.#isReading = false;
    if (name === 't') this.#isText = false;
  }

  take(): string {
    // Excel writes a control character as `_x000D_` (ECMA-376 §22.9.2.19).
    const text = this.#text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
    this.#text = '';
    return text;
  }
}

/** Formats that a workbook need not declare (ECMA-376 §18.8.30). */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

function readDateStyles(archive: Archive): readonly boolean[] {
  const part = 'xl/styles.xml';
  if (!archive.has(part)) return [];
  const dateFormats = new Set<number>();
  const styles: boolean[] = [];
  let isCellFormats = false;
  const handler = {
    open(name: string, attribute: (name: string) => string | undefined) {
      const id = Number(attribute('numFmtId') ?? 0);
      if (name === 'numFmt' && isDateFormat(attribute('formatCode') ?? '')) dateFormats.add(id);
      if (name === 'cellXfs') isCellFormats = true;
      if (name === 'xf' && isCellFormats) styles.push(dateFormats.has(id) || isBuiltInDate(id));
    },
    close(name: string) {
      if (name === 'cellXfs') isCellFormats = false;
    },
    text: () => undefined,
  };
  readWholeXml(archive.unpack(part), part, handler);
  return styles;
}

/** Letters of days and times outside of quoted text, colours and conditions. */
function isDateFormat(code: string): boolean {
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').replaceAll(/\[(?![hms]+\])[^\]]*\]/gi, '');
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}
