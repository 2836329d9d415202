import { readFile } from 'node:fs/promises';
import { Unzip, type UnzipFileInfo, UnzipInflate, unzipSync } from 'fflate';
import { unsafeArchive } from './refused-workbook.ts';

/** A million rows of ten cells unpack to some 500 MB; the rest of a workbook is small. */
const largestEntry = 1024 * 1024 * 1024;
const largestArchive = 256 * 1024 * 1024;
const mostEntries = 2000;
/** Sheets pack to a tenth, at best to a fiftieth; zeros to a thousandth. */
const highestRatio = 200;
const smallEntry = 4 * 1024 * 1024;
/** Unpacks to 16 MB at the most, whatever it holds. */
const pushedBytes = 16 * 1024;

/** A workbook's archive, whose sizes were found bearable before anything of it was unpacked. */
export class Archive {
  readonly #bytes: Uint8Array;
  readonly #entries: ReadonlyMap<string, UnzipFileInfo>;

  private constructor(bytes: Uint8Array, entries: ReadonlyMap<string, UnzipFileInfo>) {
    this.#bytes = bytes;
    this.#entries = entries;
  }

  /** @throws RefusedWorkbook */
  static async open(path: string): Promise<Archive> {
    const bytes = await readFile(path);
    if (bytes.length > largestArchive) throw unsafeArchive('tệp nén lớn hơn 256 MB');
    const entries = listEntries(bytes);
    if (entries.length > mostEntries) throw unsafeArchive(`${entries.length} tệp con`);
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    if (byName.size < entries.length) throw unsafeArchive('hai tệp con cùng tên');
    const whole = entries.reduce((sum, { originalSize }) => sum + originalSize, 0);
    if (whole > largestEntry) throw unsafeArchive('nội dung giải nén lớn hơn 1 GB');
    for (const { name, size, originalSize } of entries) {
      if (originalSize > smallEntry && originalSize > size * highestRatio)
        throw unsafeArchive(`“${name}” nén quá mức bình thường`);
    }
    return new Archive(bytes, byName);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /**
   * One entry, unpacked piece by piece; never more than the archive's own list promised.
   * @throws RefusedWorkbook
   */
  *unpack(name: string): Generator<Uint8Array> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw unsafeArchive(`thiếu “${name}”`);
    const pieces: Uint8Array[] = [];
    const state = { unpacked: 0, isDone: false };
    const unzip = new Unzip((file) => {
      if (file.name !== name || state.isDone) return;
      file.ondata = (error, piece, isLast) => {
        if (error !== null) throw unsafeArchive(`“${name}” bị hỏng`);
        state.unpacked += piece.length;
        if (state.unpacked > entry.originalSize) throw unsafeArchive(`“${name}” lớn hơn kích thước đã khai`);
        if (piece.length > 0) pieces.push(piece);
        state.isDone ||= isLast;
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    for (let start = 0; start < this.#bytes.length && !state.isDone; start += pushedBytes) {
      push(unzip, this.#bytes.subarray(start, start + pushedBytes), name);
      yield* pieces.splice(0);
    }
    if (!state.isDone || state.unpacked !== entry.originalSize) throw unsafeArchive(`“${name}” bị cắt`);
  }
}

function push(unzip: Unzip, bytes: Uint8Array, name: string): void {
  try {
    unzip.push(bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unsafeArchive(`“${name}” không giải nén được`);
    throw error;
  }
}

/** The archive's own list, at its end; nothing is unpacked for it. */
function listEntries(bytes: Uint8Array): readonly UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        entries.push({ ...entry });
        return false;
      },
    });
  } catch {
    throw unsafeArchive('tệp nén bị cắt hoặc hỏng');
  }
  return entries;
}
