import { open } from 'node:fs/promises';
import { readBytes } from './text-blocks.ts';

/**
 * Writes a UTF-16 file anew as UTF-8, in pieces.
 * @returns the line of the first broken character, if any
 */
export async function transcodeUtf16(
  path: string,
  encoding: 'utf-16le' | 'utf-16be',
  target: string,
): Promise<number | undefined> {
  // Not the strict decoder: it would not say where it stopped. What it puts for the unreadable, no statement holds.
  const decoder = new TextDecoder(encoding);
  const file = await open(target, 'w');
  let line = 1;
  try {
    for await (const chunk of readBytes(path)) {
      const text = decoder.decode(chunk, { stream: true });
      const broken = text.indexOf('\uFFFD');
      if (broken !== -1) return line + lineEndsIn(text.slice(0, broken));
      line += lineEndsIn(text);
      await file.write(text);
    }
    return decoder.decode() === '' ? undefined : line;
  } finally {
    await file.close();
  }
}

function lineEndsIn(text: string): number {
  return text.split('\n').length - 1;
}
