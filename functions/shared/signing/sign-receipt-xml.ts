import { type BinaryLike, type KeyLike, X509Certificate } from 'node:crypto';
import { type ErrorFirstCallback, type SignatureAlgorithm, SignedXml } from 'xml-crypto';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { signatureSlot, xmlTimeOf } from '#shared/rendering/receipt-xml.ts';
import { group, leaf } from '#shared/rendering/xml-writer.ts';
import { algorithms, dataId, idsOf, subjectLineOf } from './signature-form.ts';

/**
 * Signs a receipt's XML by XML Signature: the data and the signing time, each by a reference of its own. The signing
 * time is the frozen one, and RSASSA-PKCS1-v1_5 knows no chance, so that the same receipt gives the same bytes.
 * @param xml as `renderReceiptXml` wrote it
 * @returns the same XML in UTF-8 with the signature in the slot of the collecting organisation
 * @throws SigningUnavailable, SigningRefused as the signer does
 */
export async function signReceiptXml(
  xml: string,
  content: Pick<ReceiptContent, 'lookupCode' | 'signingTime'>,
  signer: ReceiptSigner,
): Promise<Uint8Array> {
  const [before, after, more] = xml.split(signatureSlot);
  if (before === undefined || after === undefined || more !== undefined) {
    throw new BrokenInvariant('the XML to be signed has not exactly one empty slot for a signature');
  }
  const signature = await signatureOf(xml, content, signer);
  const filled = signatureSlot.replace('</TCThu>', () => `${signature}</TCThu>`);
  return new TextEncoder().encode(before + filled + after);
}

async function signatureOf(
  xml: string,
  { lookupCode, signingTime }: Pick<ReceiptContent, 'lookupCode' | 'signingTime'>,
  signer: ReceiptSigner,
): Promise<string> {
  const ids = idsOf(lookupCode);
  const keyInfo = keyInfoOf(signer);
  const signed = new SignedXml({
    // The key lies with the signer; the library only wants to see that there is something.
    privateKey: 'with the signer',
    signatureAlgorithm: algorithms.signature,
    canonicalizationAlgorithm: algorithms.canonicalization,
    getKeyInfoContent: () => null,
    objects: [{ attributes: { Id: ids.signingTime }, content: propertiesOf(ids.signature, xmlTimeOf(signingTime)) }],
  });
  signed.SignatureAlgorithms[algorithms.signature] = algorithmOf(signer);
  for (const xpath of [`/BLai/DLBLai[@Id='${dataId}']`, `/BLai/DSCKS/TCThu/*/*[@Id='${ids.signingTime}']`]) {
    signed.addReference({
      xpath,
      transforms: [algorithms.canonicalization],
      digestAlgorithm: algorithms.digest,
    });
  }
  const location = { reference: '/BLai/DSCKS/TCThu', action: 'append' } as const;
  return new Promise((resolve, reject) => {
    signed.computeSignature(xml, { attrs: { Id: ids.signature }, location }, (error) => {
      if (error) reject(error);
      else resolve(signed.getSignatureXml().replace('</SignatureValue>', (end) => end + keyInfo));
    });
  });
}

/** The library asks for a class, makes it anew for each signature and hands it the canonical SignedInfo. */
function algorithmOf(signer: ReceiptSigner): new () => SignatureAlgorithm {
  return class implements SignatureAlgorithm {
    getAlgorithmName(): string {
      return algorithms.signature;
    }

    getSignature(signedInfo: BinaryLike, key: KeyLike): string;
    getSignature(signedInfo: BinaryLike, key: KeyLike, callback?: ErrorFirstCallback<string>): void;
    getSignature(signedInfo: BinaryLike, _key: KeyLike, callback?: ErrorFirstCallback<string>): string {
      if (typeof signedInfo !== 'string' || !callback) throw new BrokenInvariant('signing is asynchronous');
      void answer(signer.sign(new TextEncoder().encode(signedInfo)), callback);
      return '';
    }

    verifySignature(): boolean {
      throw new BrokenInvariant('signatures are verified in verify-receipt-xml.ts');
    }
  };
}

async function answer(signing: Promise<Uint8Array>, callback: ErrorFirstCallback<string>): Promise<void> {
  let signature: Uint8Array;
  try {
    signature = await signing;
  } catch (error) {
    callback(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  callback(null, Buffer.from(signature).toString('base64'));
}

function propertiesOf(signatureId: string, time: string): string {
  const property = `<SignatureProperty Target="#${signatureId}">${leaf('SigningTime', time)}</SignatureProperty>`;
  return group('SignatureProperties', property);
}

const keyInfos = new WeakMap<ReceiptSigner, string>();

/** The same for every receipt of a signer. It is no part of what is signed, so the library need not parse it. */
function keyInfoOf(signer: ReceiptSigner): string {
  const known = keyInfos.get(signer);
  if (known !== undefined) return known;
  const keyInfo = group('KeyInfo', x509DataOf(signer));
  keyInfos.set(signer, keyInfo);
  return keyInfo;
}

/** The signer's certificate, and those that lead to an authority that a verifier trusts. */
function x509DataOf({ certificates }: ReceiptSigner): string {
  const [own] = certificates;
  if (own === undefined) throw new BrokenInvariant('a signer has no certificate');
  return group(
    'X509Data',
    leaf('X509SubjectName', subjectLineOf(new X509Certificate(own).subject)),
    ...certificates.map((der) => leaf('X509Certificate', Buffer.from(der).toString('base64'))),
  );
}
