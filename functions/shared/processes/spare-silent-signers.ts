import { type ReceiptSigner, type SigningKeys, SigningUnavailable } from '#shared/domain/signing-ports.ts';

/**
 * The keys for one run, in which a signer that could not be reached is not asked again: with a hundred receipts the
 * time-outs of one organisation's signer would use up the time of all the others.
 */
export function spareSilentSigners(keys: SigningKeys): SigningKeys {
  const silent = new Map<string, SigningUnavailable>();
  const spared = new WeakMap<ReceiptSigner, ReceiptSigner>();

  async function ask<Answer>(taxCode: string, question: () => Promise<Answer>): Promise<Answer> {
    const silence = silent.get(taxCode);
    if (silence !== undefined) throw silence;
    try {
      return await question();
    } catch (error) {
      if (error instanceof SigningUnavailable) silent.set(taxCode, error);
      throw error;
    }
  }

  /** One for each signer, by which others know what they worked out about it. */
  function spare(taxCode: string, signer: ReceiptSigner): ReceiptSigner {
    const known = spared.get(signer);
    if (known !== undefined) return known;
    const { certificates } = signer;
    const sparing: ReceiptSigner = { certificates, sign: (message) => ask(taxCode, () => signer.sign(message)) };
    spared.set(signer, sparing);
    return sparing;
  }

  return {
    async signerOf(taxCode, signingTime) {
      const signer = await ask(taxCode, () => keys.signerOf(taxCode, signingTime));
      return signer === undefined ? undefined : spare(taxCode, signer);
    },
  };
}
