import type { IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** A finding that we live with. */
export interface Acknowledgement {
  /** Matched against the whole rule name, e.g. `AwsSolutions-IAM5[Resource::...]`. */
  readonly finding: RegExp;
  /** Matched against the path of the resource in the construct tree. */
  readonly at: RegExp;
  readonly reason: string;
}

/** Everything else fails the synthesis. A test fails when an entry here matches nothing any more. */
export const acknowledgements: readonly Acknowledgement[] = [
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Receipts.*\/\*\]$/,
    at: /^Service\/(start-payment|issue-receipt|chase-payments|reconcile-day|finance-desk)-role\//,
    reason:
      'Objects of one bucket, by named actions: receipts are archived under their number, which no policy can list. ' +
      'Nobody may delete one, and the lock lets nobody shorten its retention.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Receipts.*\/notices\/\*\]$/,
    at: /^Service\/correct-receipt-role\//,
    reason: 'Notices to the tax office lie under the number of their receipt; no receipt can be reached by this grant.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Evidence.*\/(aws\/lambda\/)?\*\]$/,
    at: /^Service\/(start-payment|accept-callback|issue-receipt|confirm-dossier|chase-payments|reconcile-day)-role\//,
    reason:
      'Writing only, to one bucket: callbacks and answers lie under their digest, failed stream records under names of Lambda.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Statements.*\/\*\]$/,
    at: /^Service\/(reconcile-day|finance-desk)-role\//,
    reason:
      'Reading only or writing only, in one bucket: senders choose the names of their files, by account and day. What the ' +
      'desk may put there, it lets people put by addresses for one file each.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Evidence.*\/ledger-days\/\*\]$/,
    at: /^Service\/finance-desk-role\//,
    reason:
      'Reading only, in one folder of one bucket: the ledger of a day lies there by account and day. Raw messages of ' +
      'gateways, beside it, stay closed to the desk.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:secret:bienlai\/(dev|prod)\/merchants\/\*\]$/,
    at: /^Service\/(start-payment|accept-callback|chase-payments|reconcile-day|refund-payment)-role\//,
    reason: 'Merchant secrets are stored by people, one per account; a new account must not need a new deployment.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:secret:bienlai\/(dev|prod)\/signing\/\*\]$/,
    at: /^Service\/(issue-receipt|chase-payments|reconcile-day)-role\//,
    reason:
      'Tokens of signing services are stored by people, one per key; a renewed one must not need a new deployment.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<(chasepayments|reconcileday).*\.Arn>:\*\]$/,
    at: /^Service\/SchedulerRoleForTarget-/,
    reason: 'The schedule may start every version of this one function; CDK grants invocation in this form.',
  },
  {
    finding: /^AwsSolutions-APIG4$/,
    at: /^Service\/PaymentApi\/Api\/(ANY--callbacks|GET--return)/,
    reason: 'Gateways and browsers have no token of ours; every message is authenticated in code by its own signature.',
  },
  {
    finding: /^AwsSolutions-APIG4$/,
    at: /^Service\/PaymentApi\/Api\/(GET--r--\{code\}|(GET|POST)--verify)/,
    reason:
      'Whoever is shown a receipt may look it up by the code printed on it, and have its file verified: the law gives ' +
      'receipts to people without accounts. Nothing is written, the payer is masked, and the routes are throttled.',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    at: /^Service\/Edge\/OriginSecret/,
    reason:
      'CloudFront receives the secret by deployment, so a rotation by timer would shut the door on every request. ' +
      'It is changed by deployment, see docs/adr/0010-stacks-and-edge.md.',
  },
  {
    finding: /^AwsSolutions-CFR1$/,
    at: /^Service\/Edge\/Distribution\//,
    reason: 'Citizens abroad pay fees too; gateways may call from clouds outside the country.',
  },
  {
    finding: /^AwsSolutions-CFR3$/,
    at: /^Service\/Edge\/Distribution\//,
    reason:
      "CloudFront's log would hold every caller's address and the query strings of callbacks, which name payers. " +
      "The API's access log and the firewall's log of refusals hold what operations need.",
  },
  {
    finding: /^AwsSolutions-CFR4$/,
    at: /^Service\/Edge\/Distribution\//,
    reason:
      "Without a name of its own a distribution serves CloudFront's certificate, whose TLS policy is fixed; with one it demands TLS 1.2.",
  },
  {
    finding: /^AwsSolutions-SQS3$/,
    at: /^Service\/(chase-payments\/chase-payments|reconcile-day\/reconcile-day)-start-failed\//,
    reason: 'It is itself the failure queue, of a schedule or a rule; the rule sees only failure queues of queues.',
  },
];

/**
 * The AWS Solutions rules less what is acknowledged above. The rules' own `acknowledge` compares whole names, and
 * those hold names that CloudFormation outputs get when they are generated: a pattern with a place is what can be read.
 */
export class SecurityRules extends AwsSolutionsChecks {
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = super.validate(context);
    const violations = report.violations.map(withoutAcknowledged).filter(hasPlaces);
    return { ...report, success: violations.length === 0, violations };
  }
}

export function isAcknowledged(finding: string, place: string): boolean {
  return acknowledgements.some((known) => matches(known, finding, place));
}

export function matches(known: Acknowledgement, finding: string, place: string): boolean {
  return known.finding.test(finding) && known.at.test(place);
}

function withoutAcknowledged(violation: PolicyViolation): PolicyViolation {
  const violatingResources = violation.violatingResources.filter(
    ({ constructPath }) => constructPath === undefined || !isAcknowledged(violation.ruleName, constructPath),
  );
  return { ...violation, violatingResources };
}

function hasPlaces({ violatingResources }: PolicyViolation): boolean {
  return violatingResources.length > 0;
}
