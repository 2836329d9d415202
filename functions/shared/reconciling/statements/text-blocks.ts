import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const newline = 0x0a;
/** A line that is longer is no line of a table; it is handed on in pieces. */
const longestLine = 1024 * 1024;

/** The bytes of a file in pieces. */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('a file that is read without an encoding gives bytes');
    yield piece;
  }
}

/**
 * The bytes of a file in blocks of whole lines, so that no character and no pair of line ends is cut in two. The last
 * block may lack its line end. Two blocks share the memory by turns: one may be kept until the next but one is asked for.
 */
export async function* readLineBlocks(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    let [next, last] = [Buffer.allocUnsafeSlow(longestLine), Buffer.allocUnsafeSlow(longestLine)];
    // What the last block left of a line: bytes of it from here on, at the beginning of the next one.
    let rest = 0;
    for (;;) {
      const { bytesRead } = await file.read(next, rest, longestLine - rest);
      const filled = rest + bytesRead;
      const wholeLines = next.lastIndexOf(newline, filled - 1) + 1;
      const isLast = bytesRead === 0;
      const end = isLast || (wholeLines === 0 && filled === longestLine) ? filled : wholeLines;
      if (end > 0 && filled > 0) yield next.subarray(0, end);
      if (isLast) return;
      rest = next.copy(last, 0, end, filled);
      [next, last] = [last, next];
    }
  } finally {
    await file.close();
  }
}

/** How many lines a file has; the last may lack its end. */
export async function countLines(path: string): Promise<number> {
  let lines = 0;
  let endsWithLineEnd = true;
  for await (const block of readLineBlocks(path)) {
    for (let place = block.indexOf(newline); place !== -1; place = block.indexOf(newline, place + 1)) lines += 1;
    endsWithLineEnd = block.at(-1) === newline;
  }
  return endsWithLineEnd ? lines : lines + 1;
}
