/** Colour matrix of sRGB (IEC 61966-2-1) as ICC wants it: adapted to the white of paper, D50, by Bradford's method. */
const colorants = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const;
const paperWhite = [0.9642, 1, 0.8249] as const;
const adaptation = [1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168];
/** Tone curve of sRGB as ICC's function type 3: g, a, b, c, d. */
const toneCurve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

/**
 * The meaning of our RGB colours as an ICC profile (ICC.1:2004-10), which PDF/A demands in the file. Seven numbers say
 * it, so it is written here; pdfkit's own is a file that no bundle brings.
 */
export function sRgbProfile(): Uint8Array {
  const curve = tagData('para', uint16(3), uint16(0), ...toneCurve.map(fixed));
  const tags: readonly (readonly [name: string, data: Buffer])[] = [
    ['desc', localisedText('sRGB IEC61966-2.1')],
    ['cprt', localisedText('No copyright')],
    ['wtpt', xyz(paperWhite)],
    ['chad', tagData('sf32', ...adaptation.map(fixed))],
    ...Object.entries(colorants).map(([name, point]) => [name, xyz(point)] as const),
    ...['rTRC', 'gTRC', 'bTRC'].map((name) => [name, curve] as const),
  ];
  const start = 128 + 4 + 12 * tags.length;
  const places: Buffer[] = [];
  const bodies: Buffer[] = [];
  let offset = start;
  for (const [name, data] of tags) {
    places.push(Buffer.concat([Buffer.from(name, 'latin1'), uint32(offset), uint32(data.length)]));
    bodies.push(data);
    offset += data.length;
  }
  return Buffer.concat([header(offset), uint32(tags.length), ...places, ...bodies]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x04200000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // Any date will do, but it must always be the same.
  for (const [index, part] of [2026, 1, 1].entries()) bytes.writeUInt16BE(part, 24 + 2 * index);
  bytes.write('acsp', 36, 'latin1');
  Buffer.concat(paperWhite.map(fixed)).copy(bytes, 68);
  return bytes;
}

function xyz(point: readonly number[]): Buffer {
  return tagData('XYZ ', ...point.map(fixed));
}

/** One text, in English. */
function localisedText(text: string): Buffer {
  const utf16 = Buffer.from(text, 'utf16le').swap16();
  const record = [uint32(1), uint32(12), Buffer.from('enUS', 'latin1'), uint32(utf16.length), uint32(28), utf16];
  return tagData('mluc', ...record);
}

/** Type, four reserved bytes, contents, and what is missing to the next multiple of four. */
function tagData(type: string, ...contents: readonly Buffer[]): Buffer {
  const data = Buffer.concat([Buffer.from(type, 'latin1'), uint32(0), ...contents]);
  return Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
}

/** s15Fixed16Number. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 0x10000));
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
