import { type BusinessDate, businessDateSchema, type Instant } from '#schemas/ids.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { maskName } from '#shared/domain/masked-name.ts';
import { readUpload, type UploadRefusal } from './read-upload.ts';

/** One check of a file, V1 to V9 (receipt rules §6.3). */
export interface VerifiedCheck {
  readonly code: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not-done';
  readonly says?: string;
  readonly detail?: string;
}

/** What the verification of a file gives. */
export interface UploadVerdict {
  readonly kind: 'xml' | 'pdf';
  readonly isGenuine: boolean;
  readonly checks: readonly VerifiedCheck[];
  readonly sha256: string;
  readonly facts: VerifiedFacts | undefined;
  readonly signer: VerifiedSigner | undefined;
}

/** Of a receipt whose signature holds. */
export interface VerifiedFacts {
  readonly template: string;
  readonly series: string;
  readonly number: number;
  readonly issuedOn: string;
  readonly collector: { readonly name: string; readonly taxCode: string | undefined };
  readonly payer: { readonly name: string };
  readonly totalVnd: number;
}

export interface VerifiedSigner {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly signedAt: Instant;
}

/** What is said of an uploaded file; the payer stays masked, for an upload proves no right to a name. */
export interface Verification {
  readonly kind: 'xml' | 'pdf';
  readonly isGenuine: boolean;
  readonly sha256: string;
  readonly checks: readonly VerifiedCheck[];
  readonly receipt?: {
    readonly template: string;
    readonly series: string;
    readonly number: number;
    readonly issuedOn: BusinessDate;
    readonly collector: VerifiedFacts['collector'];
    readonly payer: string;
    readonly amountVnd: number;
  };
  readonly signer?: VerifiedSigner;
}

export interface VerifyUploadNeeds {
  /** V1 to V9; answers whatever the bytes are, and does not throw. */
  readonly verify: (file: Uint8Array) => Promise<UploadVerdict>;
  readonly logNews: LogNews;
}

/** Verifies the one file of a request. Of it nothing is kept, and nothing logged but codes and counts. */
export async function verifyUpload(
  contentType: string,
  body: Uint8Array,
  { verify, logNews }: VerifyUploadNeeds,
): Promise<{ readonly verification: Verification } | { readonly refusal: UploadRefusal }> {
  const reading = await readUpload(contentType, body);
  if (!reading.ok) {
    logNews('UPLOAD_REFUSED', { why: reading.refusal.code, bytes: body.length });
    return { refusal: reading.refusal };
  }
  const verdict = await verify(reading.file);
  const { kind, isGenuine, checks } = verdict;
  const failed = checks.find(({ outcome }) => outcome === 'failed')?.code;
  logNews('UPLOAD_VERIFIED', { kind, bytes: reading.file.length, isGenuine, failed });
  return { verification: verificationOf(verdict) };
}

function verificationOf({ kind, isGenuine, sha256, checks, facts, signer }: UploadVerdict): Verification {
  const verification = { kind, isGenuine, sha256, checks };
  if (!isGenuine || facts === undefined || signer === undefined) return verification;
  const { template, series, number, issuedOn, totalVnd } = facts;
  const { subject, issuer, serial, signedAt } = signer;
  return {
    ...verification,
    receipt: {
      template,
      series,
      number,
      issuedOn: businessDateSchema.parse(issuedOn),
      collector: { name: facts.collector.name, taxCode: facts.collector.taxCode },
      payer: maskName(facts.payer.name),
      amountVnd: totalVnd,
    },
    signer: { subject, issuer, serial, signedAt },
  };
}
