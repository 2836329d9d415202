import { describe, expect, it } from '@jest/globals';
import { type SigningKeys, SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { spareSilentSigners } from '#shared/processes/spare-silent-signers.ts';
import { aPlainSigner } from '#test/support/plain-documents.ts';

const silence = () => Promise.reject(new SigningUnavailable('timed out'));
const refusal = () => Promise.reject(new SigningRefused('revoked'));

/** Keys of which every question is written down. */
function askedKeys(
  answers: Readonly<Record<string, { signerOf?: () => Promise<never>; sign?: () => Promise<never> }>>,
) {
  const asked: string[] = [];
  const signers = new Map(Object.keys(answers).map((taxCode) => [taxCode, aPlainSigner(taxCode)]));
  const keys: SigningKeys = {
    signerOf: async (taxCode) => {
      asked.push(`${taxCode} signer`);
      await answers[taxCode]?.signerOf?.();
      const signer = signers.get(taxCode);
      if (signer === undefined) return undefined;
      signers.set(taxCode, signer);
      return Object.assign(signer, {
        sign: async (message: Uint8Array) => {
          asked.push(`${taxCode} sign`);
          await answers[taxCode]?.sign?.();
          return message;
        },
      });
    },
  };
  return { asked, keys: spareSilentSigners(keys) };
}

const message = Buffer.from('a message');

describe('a signer that could not be reached', () => {
  it('is not asked again in the same run, and keeps no other waiting', async () => {
    const { asked, keys } = askedKeys({ A: { signerOf: silence }, B: {} });

    for (const taxCode of ['A', 'A', 'A']) await expect(keys.signerOf(taxCode)).rejects.toThrow(SigningUnavailable);
    expect(await (await keys.signerOf('B'))?.sign(message)).toEqual(message);

    expect(asked).toEqual(['A signer', 'B signer', 'B sign']);
  });

  it('is not asked again either when only its signature failed to come', async () => {
    const { asked, keys } = askedKeys({ A: { sign: silence } });
    const signer = await keys.signerOf('A');

    await expect(signer?.sign(message)).rejects.toThrow('timed out');
    await expect(signer?.sign(message)).rejects.toThrow('timed out');
    await expect(keys.signerOf('A')).rejects.toThrow('timed out');

    expect(asked).toEqual(['A signer', 'A sign']);
  });
});

describe('a signer that answers', () => {
  it('is asked for each receipt, also after it refused one: another time may be covered', async () => {
    const { asked, keys } = askedKeys({ A: { signerOf: refusal } });

    for (let times = 1; times <= 2; times += 1) await expect(keys.signerOf('A')).rejects.toThrow(SigningRefused);

    expect(asked).toHaveLength(2);
  });

  it('stays the same one, so that what was worked out about it is known', async () => {
    const { keys } = askedKeys({ A: {} });

    expect(await keys.signerOf('A')).toBe(await keys.signerOf('A'));
    expect(await keys.signerOf('C')).toBeUndefined();
  });
});
