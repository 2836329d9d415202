import { inflateSync } from 'node:zlib';

/**
 * A file with its streams unpacked, and without the lengths and offsets that packing decides: what a renderer of ours
 * writes, the same on every machine, while the bytes of deflate differ between processors.
 */
export function substanceOfPdf(pdf: Uint8Array): Buffer {
  const bytes = Buffer.from(pdf);
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf('stream\n'); at !== -1; at = bytes.indexOf('stream\n', from)) {
    const head = bytes.toString('latin1', from, at);
    const [, length = '0'] = /\/Length (\d+)\n[^]*$/.exec(head.slice(head.lastIndexOf(' obj\n'))) ?? [];
    const start = at + 'stream\n'.length;
    from = start + Number(length);
    const packed = bytes.subarray(start, from);
    parts.push(Buffer.from(head.replaceAll(/\/Length \d+/g, ''), 'latin1'));
    parts.push(head.includes('/FlateDecode', head.lastIndexOf(' obj\n')) ? inflateSync(packed) : packed);
    from = bytes.indexOf('endstream', from) + 'endstream'.length;
  }
  parts.push(bytes.subarray(from, bytes.indexOf('\nxref\n', from)));
  return Buffer.concat(parts);
}
