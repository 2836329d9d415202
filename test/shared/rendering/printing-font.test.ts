import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { create, type ParsedFont } from 'fontkit';
import PDFDocument from 'pdfkit';
import { openFont } from '#shared/rendering/printing-font.ts';
import { faultsOfPdf, fontsOfPdf, pdfToolsArePresent, pictureOfPdf, textOfPdf } from '#test/support/pdf-tools.ts';

const resolve = createRequire(import.meta.url).resolve;
const bytes = readFileSync(resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'));

const vowels = 'aăâeêioôơuưy'.split('');
const marks = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const letters = vowels.flatMap((vowel) => marks.map((mark) => (vowel + mark).normalize('NFC'))).join('');
const lines = [
  letters.slice(0, 36),
  letters.slice(36),
  letters.slice(0, 36).toUpperCase(),
  letters.slice(36).toUpperCase(),
  'AVATAR To Ty Va „Wö“ fi ffl 1.234.567\u00a0đ – Đường Trần Hưng Đạo, tổ 5/12 (A&B)',
];

async function print(font: ParsedFont, texts: readonly string[]): Promise<Uint8Array> {
  const document = new PDFDocument({ font: '', info: { CreationDate: new Date(0) } });
  document.registerFont('regular', font).font('regular').fontSize(16);
  for (const text of texts) document.text(text);
  document.end();
  return buffer(document);
}

const withTools = pdfToolsArePresent() ? it : it.skip;

describe('a printing font', () => {
  const font = openFont(bytes);

  withTools('draws every Vietnamese letter exactly as fontkit does', async () => {
    const ours = await print(font, lines);
    const theirs = await print(create(bytes), lines);
    expect(Buffer.compare(pictureOfPdf(ours), pictureOfPdf(theirs))).toBe(0);
    expect(textOfPdf(ours)).toBe(textOfPdf(theirs));
    expect(textOfPdf(ours)).toContain(lines[4]?.replace('\u00a0', ' '));
    expect(faultsOfPdf(ours)).toBe('');
    expect(fontsOfPdf(ours)).toEqual(fontsOfPdf(theirs));
  });

  it('gives each document a subset of its own, whatever was printed before', async () => {
    const fresh = await print(openFont(bytes), ['Nguyễn Văn An']);
    await print(font, lines);
    expect(Buffer.compare(await print(font, ['Nguyễn Văn An']), fresh)).toBe(0);
    expect(fresh.length).toBeLessThan((await print(font, lines)).length);
  });

  it('gives the same bytes when it has forgotten the words that it knew', async () => {
    const first = await print(font, ['Trần Thị Bình']);
    for (let word = 0; word < 5_000; word += 1) font.layout(`từ${word}`);
    expect(Buffer.compare(await print(font, ['Trần Thị Bình']), first)).toBe(0);
  });

  it('is not changed by the one who is given a shaped word', () => {
    const word = font.layout('Ty');
    for (const position of word.positions) Object.assign(position, { xAdvance: 0 });
    expect(font.layout('Ty').positions.map(({ xAdvance }) => xAdvance)).not.toContain(0);
    expect(font.layout('Ty').advanceWidth).toBe(create(bytes).layout('Ty').advanceWidth);
  });
});
