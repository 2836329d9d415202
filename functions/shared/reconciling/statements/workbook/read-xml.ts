import { Parser } from 'saxen';
import { RefusedWorkbook, unsafeArchive } from './refused-workbook.ts';

export interface XmlHandler {
  /** @param name without prefix; `attribute` reads one of its attributes, by its name without prefix */
  open(name: string, attribute: (name: string) => string | undefined): void;
  close(name: string): void;
  text(text: string): void;
}

/** No cell holds more than 32 767 characters; a longer token would be copied again with each piece. */
const longestToken = 1024 * 1024;

/**
 * Reads one part of a workbook while it is unpacked, and says what it meets.
 * @param take what was collected, asked after each piece, so that the reader may write it away or stop
 * @throws RefusedWorkbook for what is no well-formed XML, or declares a DTD
 */
export function* readXml<Taken>(
  pieces: Iterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
  take: () => Taken,
): Generator<Taken> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let waiting = 0;
  const parser = new Parser();
  parser.on('openTag', (name, readAttributes, decode) => {
    waiting = 0;
    handler.open(localName(name), (wanted) => attributeOf(readAttributes(), wanted, decode));
  });
  parser.on('closeTag', (name) => {
    waiting = 0;
    handler.close(localName(name));
  });
  parser.on('text', (text, decode) => handler.text(decode(text)));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('attention', () => {
    throw new RefusedWorkbook(
      'unsafe-xml',
      'Tệp XLSX có khai báo DTD, điều mà bảng tính không bao giờ có. Không mở tệp này; hãy báo bên gửi.',
    );
  });
  const refuse = () => {
    throw unsafeArchive(`XML trong “${part}” bị hỏng`);
  };
  parser.on('error', refuse);
  parser.on('warn', refuse);
  for (const piece of pieces) {
    const text = decodePiece(decoder, piece, part);
    waiting += text.length;
    parser.write(text);
    if (waiting > longestToken) throw unsafeArchive(`nội dung quá dài trong “${part}”`);
    yield take();
  }
  parser.end();
}

/** For parts that are small. */
export function readWholeXml(pieces: Iterable<Uint8Array>, part: string, handler: XmlHandler): void {
  const reading = readXml(pieces, part, handler, () => undefined);
  while (reading.next().done !== true);
}

function decodePiece(decoder: InstanceType<typeof TextDecoder>, piece: Uint8Array, part: string): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    throw unsafeArchive(`“${part}” không phải UTF-8`);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(
  attributes: Readonly<Record<string, string>>,
  wanted: string,
  decode: (text: string) => string,
): string | undefined {
  const value = attributes[wanted] ?? Object.entries(attributes).find(([name]) => localName(name) === wanted)?.[1];
  return value === undefined ? undefined : decode(value);
}
