/** How an XML receipt is signed (receipt rules §6.3): the signer writes this form, and the verifier takes no other. */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

export const algorithms = {
  canonicalization: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
} as const;

/** Id of the signed part. */
export const dataId = 'data';

/** Ids inside one receipt follow from its look-up code, so that the same receipt is signed to the same bytes. */
export function idsOf(lookupCode: string): { readonly signature: string; readonly signingTime: string } {
  return { signature: `Signature-${lookupCode}`, signingTime: `SigningTime-${lookupCode}` };
}

/** A certificate's subject in one line, last part first, as RFC 4514 writes it, of Node's one part per line. */
export function subjectLineOf(subject: string): string {
  return subject.split('\n').toReversed().join(',');
}
