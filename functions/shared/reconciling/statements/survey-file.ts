import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type FileDigest, fileDigestSchema } from '#schemas/reconciliation.ts';
import { readLineBlocks } from './text-blocks.ts';

/** What one pass over a text file finds, with nothing but what runs at the speed of memory. */
export interface FileSurvey {
  readonly digest: FileDigest;
  readonly bytes: number;
  /** Of the first line that is no UTF-8. */
  readonly brokenLine: number | undefined;
  /** Nothing but ASCII: no text of it can have two spellings. */
  readonly isAscii: boolean;
  /** Tabs do not count, which separate columns. */
  readonly hasControls: boolean;
  readonly hasSpaces: boolean;
  readonly hasQuotes: boolean;
  /** Whether something looks like `="0123"`, `'0123` or `4.86E+15`. */
  readonly mayBeDressed: boolean;
  /** DuckDB passes over empty lines without a word, and every line after them has another number. */
  readonly hasEmptyLines: boolean;
  readonly hasCarriageReturns: boolean;
  readonly endsWithLineEnd: boolean;
  /** Without its end; empty lines behind it do not count. */
  readonly lastLine: string;
  /** SHA-256 of everything before the last line. */
  readonly digestBeforeLastLine: string;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const tab = 0x09;
const lineSigns: ReadonlySet<number> = new Set([tab, newline, carriageReturn]);
/** Searched for one by one, which costs a quarter of making texts for a pattern to look at. */
const controls = [...Array(space).keys(), 0x7f].filter((byte) => !lineSigns.has(byte));
const dressSigns = ['="', "'", 'E+', 'e+'] as const;

export async function surveyFile(path: string): Promise<FileSurvey> {
  const hash = createHash('sha256');
  const marks = new ByteMarks();
  // The hash is one block behind: it cannot go back to where the last line begins.
  let block: Buffer = Buffer.alloc(0);
  for await (const next of readLineBlocks(path)) {
    marks.lookAt(next);
    // Nothing but empty lines belongs to the line before, whose end is looked for below.
    const isEmpty = startOfLastLine(next) === 0 && (next[0] === newline || next[0] === carriageReturn);
    if (!isEmpty) hash.update(block);
    block = isEmpty ? Buffer.concat([block, next]) : next;
  }
  const start = startOfLastLine(block);
  return {
    ...marks.found,
    brokenLine: marks.isUtf8 ? undefined : await brokenLineOf(path),
    digestBeforeLastLine: hash.copy().update(block.subarray(0, start)).digest('hex'),
    lastLine: block.toString('utf8', start).replace(/[\r\n]+$/, ''),
    digest: fileDigestSchema.parse(hash.update(block).digest('hex')),
    endsWithLineEnd: block.at(-1) === newline || block.at(-1) === carriageReturn,
  };
}

/** What stands somewhere in a file, by searches that the engine does at the speed of memory. */
class ByteMarks {
  isUtf8 = true;
  readonly found = {
    bytes: 0,
    isAscii: true,
    hasControls: false,
    hasSpaces: false,
    hasQuotes: false,
    mayBeDressed: false,
    hasEmptyLines: false,
    hasCarriageReturns: false,
  };

  lookAt(block: Buffer): void {
    const { found } = this;
    found.bytes += block.length;
    found.hasCarriageReturns ||= block.includes(carriageReturn);
    found.hasEmptyLines ||= hasEmptyLine(block, found.hasCarriageReturns);
    found.hasSpaces ||= block.includes(space);
    found.hasQuotes ||= block.includes(quote);
    found.mayBeDressed ||= dressSigns.some((sign) => block.includes(sign));
    found.hasControls ||= controls.some((byte) => block.includes(byte));
    found.isAscii &&= isAscii(block);
    this.isUtf8 &&= found.isAscii || isUtf8(block);
  }
}

/**
 * SHA-256 of everything before the last line, as if lines ended by LF and no byte order mark stood at the beginning:
 * what the sender digested before a transfer rewrote the line ends. With the end of the line before the last one, and
 * without it: a sender may have joined the lines before digesting them.
 */
export async function digestsOfNormalLines(path: string): Promise<readonly string[]> {
  const hash = createHash('sha256');
  let isFirst = true;
  let [before, block] = [Buffer.alloc(0), Buffer.alloc(0)];
  for await (const next of readLineBlocks(path)) {
    hash.update(before);
    const text = next.toString('latin1').replaceAll('\r\n', '\n');
    before = block;
    block = Buffer.from(isFirst ? text.replace(/^\u00ef\u00bb\u00bf/, '') : text, 'latin1');
    isFirst = false;
  }
  // A block may begin with the last line.
  const end = Buffer.concat([before, block]);
  const rest = end.subarray(0, startOfLastLine(end));
  return [rest, rest.subarray(0, -1)].map((bytes) => hash.copy().update(bytes).digest('hex'));
}

function startOfLastLine(block: Buffer): number {
  let end = block.length;
  while (end > 0 && (block[end - 1] === newline || block[end - 1] === carriageReturn)) end -= 1;
  return end === 0 ? 0 : block.lastIndexOf(newline, end - 1) + 1;
}

/** A block begins where a line does, so a line end there is an empty line. */
function hasEmptyLine(block: Buffer, hasCarriageReturns: boolean): boolean {
  if (block[0] === newline || block[0] === carriageReturn || block.includes('\n\n')) return true;
  return hasCarriageReturns && (block.includes('\n\r') || block.includes('\r\r'));
}

async function brokenLineOf(path: string): Promise<number> {
  let line = 0;
  for await (const block of readLineBlocks(path)) {
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(newline, start) + 1 || block.length;
      line += 1;
      if (!isUtf8(block.subarray(start, end))) return line;
      start = end;
    }
  }
  return line;
}
