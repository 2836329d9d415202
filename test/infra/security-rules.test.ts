import { describe, expect, it } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from '#infra/build-app.ts';
import { acknowledgements, isAcknowledged, matches } from '#infra/security-rules.ts';
import { domainContext, prodContext } from './templates.ts';

/** Every finding with its place, acknowledged or not. */
function findingsOf(context: Readonly<Record<string, unknown>>) {
  process.env['CDK_VALIDATION'] = 'true';
  const { app } = buildApp({ 'aws:cdk:bundling-stacks': [], ...context });
  app.synth();
  return new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, place: constructPath ?? '' })),
    );
}

/** Whatever only some contexts ask for. */
const extras = {
  alarmEmail: 'truc@example.vn',
  signingKeysFor: '5709990011,5709990022-001',
  unthrottledCidrs: '198.51.100.0/24',
};
const findings = { dev: findingsOf({}), prod: findingsOf({ ...prodContext, ...domainContext, ...extras }) };

describe('the security rules', () => {
  it.each(['dev', 'prod'] as const)('find nothing in %s that is not acknowledged', (stage) => {
    expect(findings[stage].filter(({ rule, place }) => !isAcknowledged(rule, place))).toEqual([]);
  });

  it('are not silenced for anything that they no longer find', () => {
    const stale = acknowledgements.filter(
      (known) => !findings.dev.some(({ rule, place }) => matches(known, rule, place)),
    );
    expect(stale).toEqual([]);
  });

  it('are silenced only with a reason that a reader can weigh', () => {
    for (const { reason } of acknowledgements) expect(reason.length).toBeGreaterThan(60);
  });

  it('still speak up about the same finding in another place', () => {
    expect(isAcknowledged('AwsSolutions-SQS3', 'Data/dossier-queue/Resource')).toBe(false);
    expect(isAcknowledged('AwsSolutions-IAM5[Action::s3:*]', 'Service/start-payment-role/DefaultPolicy/Resource')).toBe(
      false,
    );
  });
});
