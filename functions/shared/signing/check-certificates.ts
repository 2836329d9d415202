import type { Instant } from '#schemas/ids.ts';
import {
  faultOfChain,
  faultOfTime,
  readSigningCertificate,
  type SigningCertificate,
} from '#shared/domain/signing-certificate.ts';
import type { RevokedCertificate } from '#shared/domain/signing-settings.ts';

/** Whom a verifier believes. */
export interface Trust {
  /** Roots, or issuers below them: the public and government authorities of NĐ 23/2025. */
  readonly anchors: readonly SigningCertificate[];
  readonly revoked: readonly Pick<RevokedCertificate, 'serial' | 'revokedAt'>[];
}

export type CertificateVerdict =
  | { readonly ok: true; readonly caution?: string }
  | { readonly ok: false; readonly says: string; readonly detail: string };

/**
 * Whether the signer's certificates lead to an authority that is believed, and were good when the signature says it was
 * made (receipt rules §6.3, V6).
 * @param chain the signer's first, each followed by its issuer
 */
export function checkCertificates(
  chain: readonly SigningCertificate[],
  signedAt: Instant,
  { anchors, revoked }: Trust,
): CertificateVerdict {
  if (anchors.length === 0) {
    return refusal('Chưa có chứng thư gốc nào được cấu hình để tin cậy.', 'no trust anchor is configured');
  }
  const untrusted = faultOfChain(
    chain,
    anchors.filter((anchor) => faultOfTime(anchor, signedAt) === undefined),
  );
  if (untrusted !== undefined) {
    return refusal('Chứng thư số không do tổ chức chứng thực được tin cậy cấp.', untrusted);
  }
  for (const certificate of chain) {
    const outOfTime = faultOfTime(certificate, signedAt);
    if (outOfTime !== undefined) {
      return refusal('Chứng thư số không còn hoặc chưa có hiệu lực vào thời điểm ký.', outOfTime);
    }
  }
  if (chain[0]?.maySign !== true) {
    return refusal('Chứng thư số không được cấp để ký.', 'neither digitalSignature nor nonRepudiation');
  }
  return checkRevocation(chain, signedAt, revoked);
}

/**
 * What was signed before a revocation stays good. But the signer wrote the time himself, and a thief of the key would
 * write an early one: only the registry can tell, so that is said.
 */
function checkRevocation(
  chain: readonly SigningCertificate[],
  signedAt: Instant,
  revoked: Trust['revoked'],
): CertificateVerdict {
  const rows = revoked.filter(({ serial }) => chain.some((certificate) => certificate.serial === serial));
  const before = rows.find(({ revokedAt }) => revokedAt <= signedAt);
  if (before !== undefined) {
    return refusal(
      'Chứng thư số đã bị thu hồi trước thời điểm ký.',
      `${before.serial} was revoked at ${before.revokedAt}`,
    );
  }
  if (rows.length === 0) return { ok: true };
  return {
    ok: true,
    caution: 'Chứng thư số bị thu hồi sau thời điểm ghi trong chữ ký; cần đối chiếu với sổ biên lai.',
  };
}

function refusal(says: string, detail: string): CertificateVerdict {
  return { ok: false, says, detail };
}

/** Reads certificates of KeyInfo; nothing when one of them is none. */
export function readCertificates(texts: readonly string[]): readonly SigningCertificate[] | undefined {
  try {
    return texts.map((text) => readSigningCertificate(Buffer.from(text, 'base64')));
  } catch {
    return undefined;
  }
}
