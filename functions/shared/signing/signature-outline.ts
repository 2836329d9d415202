import { childOf, childrenOf, type XmlElement } from '#shared/rendering/xml-tree.ts';
import { algorithms, dataId, idsOf, signatureNamespace } from './signature-form.ts';

const longestChain = 5;

/** Where the form of a signature leaves the one that we write. */
export interface OutlineDifference {
  readonly expected: string;
  readonly found: string;
}

/**
 * Compares a signature with the only form that is taken, element by element and attribute by attribute: what is signed,
 * how it is digested, and nothing besides. Whatever moves the signed part elsewhere, adds a transform, leaves a
 * reference out or weakens an algorithm makes another outline.
 */
export function findOutlineDifference(signature: XmlElement, lookupCode: string): OutlineDifference | undefined {
  const certificates = childrenOf(childOf(childOf(signature, 'KeyInfo'), 'X509Data'), 'X509Certificate').length;
  const expected = expectedOutline(lookupCode, Math.min(Math.max(certificates, 1), longestChain));
  const found = outlineOf(signature, 0);
  const length = Math.max(expected.length, found.length);
  for (let line = 0; line < length; line += 1) {
    const [wanted = 'the end', seen = 'the end'] = [expected[line], found[line]];
    if (wanted !== seen) return { expected: wanted.trim(), found: seen.trim().slice(0, 200) };
  }
  return undefined;
}

/** One line for each element: its depth, name and attributes, and whether a text stands between its children. */
function outlineOf(element: XmlElement, depth: number): readonly string[] {
  const name = element.namespace === signatureNamespace ? element.name : `{${element.namespace}}${element.name}`;
  const attributes = Object.entries(element.attributes)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([attribute, value]) => ` ${attribute}=${value}`);
  const stray = element.children.length > 0 && element.text.trim() !== '' ? ' with text between its elements' : '';
  const line = `${' '.repeat(depth)}${name}${attributes.join('')}${stray}`;
  return [line, ...element.children.flatMap((child) => outlineOf(child, depth + 1))];
}

function expectedOutline(lookupCode: string, certificates: number): readonly string[] {
  const ids = idsOf(lookupCode);
  return [
    `Signature Id=${ids.signature}`,
    ' SignedInfo',
    `  CanonicalizationMethod Algorithm=${algorithms.canonicalization}`,
    `  SignatureMethod Algorithm=${algorithms.signature}`,
    ...[dataId, ids.signingTime].flatMap((id) => [
      `  Reference URI=#${id}`,
      '   Transforms',
      `    Transform Algorithm=${algorithms.canonicalization}`,
      `   DigestMethod Algorithm=${algorithms.digest}`,
      '   DigestValue',
    ]),
    ' SignatureValue',
    ' KeyInfo',
    '  X509Data',
    '   X509SubjectName',
    ...Array.from({ length: certificates }, () => '   X509Certificate'),
    ` Object Id=${ids.signingTime}`,
    '  SignatureProperties',
    `   SignatureProperty Target=#${ids.signature}`,
    '    SigningTime',
  ];
}
