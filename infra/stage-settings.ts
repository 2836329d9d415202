import type { StackProps } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import * as z from 'zod';
import { stageSchema as knownStages } from '#config/stage.ts';

/** The context is not usable; the text lists every fault with its fix and needs no stack trace. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const stageSchema = z.enum(knownStages.options, {
  error: ({ input }) => `${JSON.stringify(input)} is no stage: give -c stage=dev or -c stage=prod`,
});

const cidrSchema = z.cidrv4('must be IPv4 ranges such as 203.0.113.7/32, separated by commas');

/** `-c name=a,b` on the command line and `["a", "b"]` in cdk.json mean the same. */
function listOf(part: z.ZodString | z.ZodCIDRv4) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((text) => text.trim()) : value),
    z.array(part),
  );
}

const cidrListSchema = listOf(cidrSchema);

const taxCodeListSchema = listOf(
  z.string().regex(/^\d{10}(-\d{3})?$/, 'must be tax codes such as 5701234567, separated by commas'),
);

/** A domain name is of no use without the certificate that serves it. */
const domainSchema = z.strictObject({
  name: z.hostname('must be a host name such as thanhtoan.example.vn'),
  certificateArn: z.string().regex(/^arn:[\w-]+:acm:/, 'must be the ARN of an ACM certificate'),
});
export type Domain = z.infer<typeof domainSchema>;

const settingsSchema = z
  .strictObject({
    stage: stageSchema.default('dev'),
    /** Where everything but the CloudFront firewall lives. */
    region: z
      .string()
      .regex(/^[a-z]{2}-[a-z]+-\d$/, 'must be an AWS region such as ap-southeast-1')
      .default('ap-southeast-1'),
    account: z
      .string()
      .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
      .optional(),
    /** Who signs the dossier system's access tokens; the local provider by default, which only `dev` may use. */
    issuer: z.url({ protocol: /^https?$/, error: 'must be the address of an OpenID provider' }).optional(),
    audience: z.string().min(1).default('bien-lai'),
    /** Who signs the tokens of finance staff; the local provider by default, which only `dev` may use. */
    staffIssuer: z.url({ protocol: /^https?$/, error: 'must be the address of an OpenID provider' }).optional(),
    staffAudience: z.string().min(1).default('bien-lai-staff'),
    /** Claim of a staff token that holds the staff code, as it is kept with everything that somebody does. */
    staffCodeClaim: z.string().min(1).default('preferred_username'),
    /** Claim of a staff token that lists roles: clerk, approver, auditor, administrator. */
    staffRolesClaim: z.string().min(1).default('roles'),
    /** The province whose dossiers are taken, as in their codes. */
    province: z
      .string()
      .regex(/^[A-Z]\d{2}$/, 'must look like H49')
      .default('H49'),
    /** Minutes between two sweeps over what payments still owe. */
    chaseEveryMinutes: z.coerce.number().int().min(1).max(60).default(1),
    /** Receives the alarms; more receivers may subscribe to the topic by hand. */
    alarmEmail: z.email('must be an e-mail address').optional(),
    /** The public address; its certificate lies in us-east-1. */
    edgeDomain: domainSchema.optional(),
    /** The address by which CloudFront reaches the API, so that the default endpoint can be off. */
    apiDomain: domainSchema.optional(),
    /** Senders that are never throttled beside the gateways: the dossier system's own addresses. */
    unthrottledCidrs: cidrListSchema.default([]),
    /**
     * Tax codes of organisations that get a key in AWS KMS, to be certified by an authority. Those whose certificate
     * stands in `config/<stage>/signing.json` have theirs anyway.
     */
    signingKeysFor: taxCodeListSchema.default([]),
  })
  .transform((given, context) => {
    const issuer = trustedIssuer('issuer', given, context);
    const staffIssuer = trustedIssuer('staffIssuer', given, context);
    return issuer === undefined || staffIssuer === undefined ? z.NEVER : { ...given, issuer, staffIssuer };
  });

/** In prod an issuer is named, and reached by https: keys that anybody on the way could change prove nothing. */
function trustedIssuer<Name extends 'issuer' | 'staffIssuer'>(
  name: Name,
  given: Readonly<Partial<Record<Name, string | undefined>>> & { readonly stage: string },
  context: z.core.$RefinementCtx,
): string | undefined {
  const issuer = given[name] ?? (given.stage === 'dev' ? 'http://localhost:4403' : undefined);
  if (issuer !== undefined && (given.stage === 'dev' || issuer.startsWith('https:'))) return issuer;
  context.addIssue({
    code: 'custom',
    path: [name],
    message: `stage prod trusts only tokens of an https issuer: give -c ${name}=https://<your OpenID provider>`,
  });
  return undefined;
}

/** What differs between deployments, read from the CDK context and checked. */
export type StageSettings = z.infer<typeof settingsSchema>;

/** @throws SettingsError naming every fault at once. */
export function readStageSettings(node: Node): StageSettings {
  const given = (key: string): unknown => node.tryGetContext(key);
  const parsed = settingsSchema.safeParse({
    stage: given('stage'),
    region: given('region'),
    account: given('account'),
    issuer: given('issuer'),
    audience: given('audience'),
    staffIssuer: given('staffIssuer'),
    staffAudience: given('staffAudience'),
    staffCodeClaim: given('staffCodeClaim'),
    staffRolesClaim: given('staffRolesClaim'),
    province: given('province'),
    chaseEveryMinutes: given('chaseEveryMinutes'),
    alarmEmail: given('alarmEmail'),
    edgeDomain: domainOf(given('edgeDomainName'), given('edgeCertificateArn')),
    apiDomain: domainOf(given('apiDomainName'), given('apiCertificateArn')),
    unthrottledCidrs: given('unthrottledCidrs'),
    signingKeysFor: given('signingKeysFor'),
  });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new SettingsError(`The CDK context (cdk.json or -c name=value) is not usable:\n${faults.join('\n')}`);
}

function domainOf(name: unknown, certificateArn: unknown): unknown {
  return name === undefined && certificateArn === undefined ? undefined : { name, certificateArn };
}

/** Name, place and protection of a stack. */
export function stackProps(
  settings: StageSettings,
  part: string,
  description: string,
  region = settings.region,
): StackProps {
  return {
    stackName: `bienlai-${settings.stage}-${part}`,
    description,
    env: { region, ...(settings.account === undefined ? {} : { account: settings.account }) },
    terminationProtection: settings.stage === 'prod',
  };
}
