import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** One way to spoil a text; texts here are bytes, one character each. */
export interface Change {
  readonly way: string;
  readonly apply: (text: string) => string;
}

/** Holds the place of a field while it moves: a character that no byte stands for. */
const moving = '\u2060';

/** A place in a text of any length. */
const aPlace = fc.nat(2 ** 31 - 1);
const aByte = fc.nat(255).map((byte) => String.fromCharCode(byte));
const someBytes = fc.string({ unit: aByte, minLength: 1, maxLength: 8 });

/** A field with its value: a parameter, or a member of an object at whatever depth. */
const fieldIn = (text: string) =>
  text.trimStart().startsWith('{') ? /"[^"\\]+"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-+.\w]+)/g : /[^&]+/g;
/** What looks like a signature: a run of hex or Base64 as long as the shortest digest. */
const signature = /[0-9A-Za-z+/]{32,}={0,2}/g;

/** Values that parsers trip over, as JSON. */
const oddValues = [
  ...'null true {} [] "" "0" 0 -0 -1 1e5 1E400 -1e-400 0.1 75000.0 007 +1 0x10 NaN Infinity undefined 1, ,'.split(' '),
  ...'"\\u0000" "\\ud800" "\\u00" "\0" \'a\' "a ["a","a"] [[[[[[1]]]]]] "%00" "<script>" 9007199254740993'.split(' '),
  ...'{"__proto__":{"polluted":1}} {"toString":1} {"a":1,"a":1}'.split(' '),
  '9'.repeat(400),
  `"${'9'.repeat(10_000)}"`,
  `0.${'3'.repeat(2_000)}`,
  '" 1"',
  '"1 "',
];
const protoNames = '__proto__ constructor prototype toString valueOf hasOwnProperty length 0 '.split(' ');

const changes: Readonly<Record<string, fc.Arbitrary<Change['apply']>>> = {
  'cut off': aPlace.map((at) => (text) => text.slice(0, at % (text.length + 1))),
  beheaded: aPlace.map((at) => (text) => text.slice(at % (text.length + 1))),
  'bit flipped': fc.tuple(aPlace, fc.nat(7)).map(([at, bit]) => (text) => {
    const place = at % Math.max(text.length, 1);
    return splice(text, place, 1, String.fromCharCode((text.charCodeAt(place) || 0) ^ (1 << bit)));
  }),
  'bytes added': fc.tuple(aPlace, someBytes).map(([at, bytes]) => (text) => {
    return splice(text, at % (text.length + 1), 0, bytes);
  }),
  'bytes left out': fc.tuple(aPlace, fc.integer({ min: 1, max: 8 })).map(([at, count]) => (text) => {
    return splice(text, at % (text.length + 1), count, '');
  }),
  'part repeated': fc.tuple(aPlace, fc.nat(64)).map(([at, length]) => (text) => {
    const place = at % (text.length + 1);
    return splice(text, place, 0, text.slice(place, place + length));
  }),
  'not UTF-8': fc
    .tuple(aPlace, fc.constantFrom('\xc3\x28', '\xff', '\xc0\xaf', '\xed\xa0\x80', '\xf4\x90\x80\x80', '%C3%28', '%ff'))
    .map(
      ([at, bytes]) =>
        (text) =>
          splice(text, at % (text.length + 1), 0, bytes),
    ),
  'field left out': onField((text, { start, end }) => {
    const rest = text.slice(end);
    return /^\s*[,&]/.test(rest)
      ? text.slice(0, start) + rest.replace(/^\s*[,&]/, '')
      : text.slice(0, start).replace(/[,&]\s*$/, '') + rest;
  }),
  'field repeated': onField((text, { start, field, separator }) => splice(text, start, 0, field + separator)),
  'field repeated with another value': onField((text, { end, field, separator }, seed) =>
    splice(text, end, 0, separator + withValue(field, seed)),
  ),
  'fields in another order': onField((text, { start, end, field, separator }, seed) => {
    const without = splice(text, start, end - start, moving);
    const other = pick([...without.matchAll(fieldIn(text))], seed);
    if (other === undefined) return text;
    const moved = splice(without, other.index, 0, field + separator);
    return moved.replace(/\u2060[,&]?|[,&]\u2060/, '');
  }),
  'field merged into its neighbour': onField((text, { start, field }) => {
    const plain = field.startsWith('"') ? plainMember(field) : field;
    return `${text.slice(0, start).replace(/"?,\s*$|&$/, '')}&${plain}${text.slice(start + field.length)}`;
  }),
  'value replaced': onField((text, { start, end, field }, seed) =>
    splice(text, start, end - start, withValue(field, seed)),
  ),
  'name in another case': onField((text, { start, end, field }) =>
    splice(text, start, end - start, field.replace(/^"?\w/, swapCase)),
  ),
  'name of the prototype': onField((text, { start, separator }, seed) => {
    const name = pick(protoNames, seed) ?? '';
    const isJson = separator === ',';
    return splice(text, start, 0, isJson ? `"${name}":{"polluted":1},` : `${name}=polluted&${name}%5Bpolluted%5D=1&`);
  }),
  'written otherwise': aPlace.map((seed) => (text) => pick(rewritings, seed)?.(text) ?? text),
  'in another encoding': aPlace.map((seed) => (text) => pick(encodings, seed)?.(text) ?? text),
  'signature replaced': fc.tuple(aPlace, aPlace).map(([place, seed]) => (text) => {
    const found = pick([...text.matchAll(signature)], place);
    if (found === undefined) return text;
    return splice(text, found.index, found[0].length, pick(forgeries, seed)?.(found[0]) ?? '');
  }),
  'very long': fc
    .tuple(aPlace, fc.constantFrom('A', '9', '[', '{"a":', '"', '\\', '&', '=', '%41', '+', '\x00', '"a":1,', '&a=1'))
    .map(([at, unit]) => (text) => {
      const longest = pick([1_000, 8_000, 65_535, 65_536, 65_537, 140_000], at) ?? 0;
      return splice(text, at % (text.length + 1), 0, unit.repeat(longest / unit.length));
    }),
};

/** Ways that make 64 KiB of text cost much more than all others together. */
const costly = ['very long'];

/** Any change; a long text now and then. */
export const aChange: fc.Arbitrary<Change> = fc.oneof(
  ...Object.entries(changes).map(([way, arbitrary]) => ({
    weight: costly.includes(way) ? 1 : 20,
    arbitrary: arbitrary.map((apply) => ({ way, apply })),
  })),
);

export const waysOfChange: readonly string[] = Object.keys(changes);

interface Field {
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly separator: string;
}

/** A change to one field of the text, if it has any. */
function onField(change: (text: string, field: Field, seed: number) => string): fc.Arbitrary<Change['apply']> {
  return fc.tuple(aPlace, aPlace).map(([at, seed]) => (text) => {
    const found = pick([...text.matchAll(fieldIn(text))], at);
    if (found === undefined) return text;
    const [field] = found;
    const separator = field.startsWith('"') ? ',' : '&';
    return change(text, { field, start: found.index, end: found.index + field.length, separator }, seed);
  });
}

/** The same field with an odd value: JSON stays JSON-like, a parameter gets the value's characters. */
function withValue(field: string, seed: number): string {
  const value = pick(oddValues, seed) ?? '';
  return field.startsWith('"')
    ? field.replace(/:.*$/s, () => `:${value}`)
    : field.replace(/=.*$|$/s, () => `=${value.replaceAll('"', '')}`);
}

/** A member as a signed text writes it. */
function plainMember(member: string): string {
  const [, name = '', value = ''] = /^"([^"]+)"\s*:\s*(.*)$/s.exec(member) ?? [];
  return `${name}=${value.replace(/^"/, '')}`;
}

/** The same content for a lenient reader: some of these change nothing that is read, and must then be believed. */
const rewritings: readonly Change['apply'][] = [
  (text) => ` ${text}`,
  (text) => `${text}\r\n`,
  (text) => text.replaceAll(/([{,:])"/g, '$1 \n"'),
  (text) => text.replaceAll(/[a-z](?=[^"]{0,30}":)/gi, (letter) => `\\u00${hexOf(letter)}`),
  (text) => text.replaceAll(/:(\d+)([,}])/g, ':"$1"$2'),
  (text) => text.replaceAll(/:"(\d+)"/g, ':$1'),
  (text) => text.replaceAll(/:(\d+)([,}])/g, ':$1.0$2'),
  (text) => text.replaceAll(/[\w.-](?=[^=]{0,30}(?:&|$))/g, (character) => `%${hexOf(character)}`),
  (text) => text.replaceAll('+', '%20'),
  (text) => text.replaceAll(/%[0-9a-f]{2}/gi, swapCase),
  (text) => text.split('&').toReversed().join('&'),
  (text) => text.replaceAll('&', '&&'),
  (text) => text.replaceAll('&', ';'),
  (text) => `${text}&`,
  (text) => `?${text}`,
  (text) => `${text}#`,
];

const encodings: readonly Change['apply'][] = [
  (text) => `\xef\xbb\xbf${text}`,
  (text) => `\x00${text}`,
  (text) => `${text}\x00`,
  (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1'),
  (text) => Buffer.from(text, 'latin1').toString('base64'),
  (text) => Buffer.from(text, 'latin1').toString('hex'),
  (text) =>
    Buffer.from(text, 'latin1')
      .toString('utf8')
      .replaceAll(/[\u0100-\uffff]/g, '?'),
  (text) => Buffer.from(text, 'utf8').toString('latin1'),
  (text) => encodeURIComponent(text),
  (text) => `body=${encodeURIComponent(text)}`,
  (text) => JSON.stringify(text),
  (text) => `[${text}]`,
  (text) => `{"data":${text}}`,
  (text) => `)]}',\n${text}`,
  (text) => gzipSync(Buffer.from(text, 'latin1'), { level: 1 }).toString('latin1'),
];

const forgeries: readonly Change['apply'][] = [
  () => '',
  (found) => found.toUpperCase(),
  (found) => found.toLowerCase(),
  (found) => swapCase(found),
  (found) => found.slice(0, -1),
  (found) => found.slice(0, found.length / 2),
  (found) => found.slice(1),
  (found) => `${found}0`,
  (found) => found + found,
  (found) => `0x${found}`,
  (found) => ` ${found}`,
  (found) => `${found}%00`,
  (found) => `${found}\x00`,
  (found) => found.split('').toReversed().join(''),
  (found) => '0'.repeat(found.length),
  (found) => 'g'.repeat(found.length),
  (found) => '\xef\xbc\x90'.repeat(found.length),
  (found) => found.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  (found) => Buffer.from(found, 'hex').toString('base64'),
  () => 'd41d8cd98f00b204e9800998ecf8427e',
  () => 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  () => 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  () => 'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce'.padEnd(128, '0'),
];

function pick<Item>(items: readonly Item[], seed: number): Item | undefined {
  return items[seed % Math.max(items.length, 1)];
}

function splice(text: string, at: number, count: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + count);
}

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}
