import * as z from 'zod/mini';
import { type BusinessDate, businessDateSchema, instantSchema, taxCodeSchema } from '#schemas/ids.ts';
import { serialOf } from './signing-certificate.ts';

const secretNameSchema = z
  .string('must be the name of a signing secret')
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be 1 to 60 small letters, digits or hyphens'));

const certificateSchema = z.base64('must be a certificate as base64 of its DER bytes, on one line');

const everyKey = {
  taxCode: taxCodeSchema,
  /** First day on which the key signs. */
  validFrom: businessDateSchema,
};

/** Certificates are public, so they stand in the configuration where only the key lies elsewhere: the signer's first. */
const chainSchema = z.array(certificateSchema).check(z.minLength(1, 'must hold the certificate of the key'));

export const kmsKeySchema = z.strictObject({
  kind: z.literal('kms'),
  ...everyKey,
  /** ARN, id or alias, such as `alias/bienlai-prod-5701234567`. */
  keyId: z.string().check(z.minLength(1, 'must name a key of AWS KMS')),
  certificates: chainSchema,
});
export type KmsKey = z.infer<typeof kmsKeySchema>;

export const remoteKeySchema = z.strictObject({
  kind: z.literal('remote'),
  ...everyKey,
  url: z.url({ protocol: /^https$/, error: 'must be an https address: digests and tokens travel over it' }),
  /** The key's name at the remote service. */
  keyId: z.string().check(z.minLength(1, "must be the key's name at the remote service")),
  certificates: chainSchema,
  /** Holds the token, or the certificate and key by which we show who we are. */
  secret: secretNameSchema,
  /** Who vouches for the service's own TLS certificate, where no public authority does. */
  serviceAuthority: z.optional(certificateSchema),
});
export type RemoteKey = z.infer<typeof remoteKeySchema>;

/** PEM and PKCS#12 put the key into the application's hands: for local runs and trials only. */
const keyInSecretSchema = z.strictObject({
  kind: z.enum(['pem', 'pkcs12']),
  ...everyKey,
  /** Holds the key and its certificates. */
  secret: secretNameSchema,
});
export type KeyInSecret = z.infer<typeof keyInSecretSchema>;

export const signingKeySchema = z.discriminatedUnion(
  'kind',
  [kmsKeySchema, remoteKeySchema, keyInSecretSchema],
  'must be kms, remote, pem or pkcs12',
);
/** A key of a collecting organisation and where it lies. */
export type SigningKey = z.infer<typeof signingKeySchema>;

const revokedSchema = z.strictObject({
  /** As the authority prints it. */
  serial: z
    .pipe(z.string(), z.transform(serialOf))
    .check(z.regex(/^[0-9A-F]{1,40}$/, "must be the certificate's serial number in hexadecimal")),
  /** What was signed before stays good. */
  revokedAt: instantSchema,
  reason: z.string().check(z.minLength(1, 'must say why')),
});
export type RevokedCertificate = z.infer<typeof revokedSchema>;

export const signingSettingsSchema = z.strictObject({
  /** Roots (or issuers) that signers are believed by: the public and government authorities of NĐ 23/2025. */
  trustAnchors: z.array(certificateSchema),
  revoked: z.array(revokedSchema),
  keys: z.array(signingKeySchema),
});
export type SigningSettings = z.infer<typeof signingSettingsSchema>;

/** The keys of an organisation that have begun on a day, the one that began last first. Certificates may overlap. */
export function keysOn(keys: readonly SigningKey[], taxCode: string, date: BusinessDate): readonly SigningKey[] {
  return keys
    .filter((key) => key.taxCode === taxCode && key.validFrom <= date)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1));
}
