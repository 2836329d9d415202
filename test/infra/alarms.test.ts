import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { logCatalogue } from '#shared/domain/log-catalogue.ts';
import { asText, expectEvery, expectResource, functionsOf, resourcesOf, synthesise } from './templates.ts';

const { data, service } = synthesise();
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading);
const alarms = [data, service].flatMap((template) => resourcesOf(template, 'AWS::CloudWatch::Alarm'));
const nameOf = (alarm: (typeof alarms)[number]) => String(alarm.properties['AlarmName']).replace(/^bienlai-dev-/, '');

describe('the alarms', () => {
  it('all reach people, when something breaks and when it is well again', () => {
    for (const template of [data, service]) {
      expectEvery(template, 'AWS::CloudWatch::Alarm', {
        AlarmActions: [Match.anyValue()],
        OKActions: [Match.anyValue()],
      });
    }
    const { data: subscribed } = synthesise({ alarmEmail: 'truc@example.vn' });
    expectResource(subscribed, 'AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'truc@example.vn' });
  });

  it('may be sent by CloudWatch though the topic is encrypted', () => {
    const cloudWatch = { Principal: { Service: 'cloudwatch.amazonaws.com' } };
    expectResource(data, 'AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ ...cloudWatch, Action: 'sns:Publish' })]) },
    });
    expectResource(data, 'AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ ...cloudWatch, Effect: 'Allow' })]) },
    });
  });

  it.each(alarms.map((alarm) => [nameOf(alarm), alarm] as const))(
    '%s says what it means and where to read on',
    (name, alarm) => {
      const text = String(alarm.properties['AlarmDescription']);
      expect(text).toMatch(/^[A-Z].{20,}\. What to do: docs\/runbook\.md#[a-z0-9-]+$/);
      expect(text).toMatch(/^[\x20-\x7e]{1,1024}$/);
      expect(text.endsWith(`#${name}`)).toBe(true);
    },
  );

  it('refuse a text that says nothing, or that CloudFormation would mutilate', () => {
    const { data: stack } = synthesise().stacks;
    const watch = (means: string) => () =>
      stack.alarms.watch(stack, {
        name: 'trial',
        means,
        metric: stack.dossierQueue.metricNumberOfMessagesSent(),
        threshold: 1,
      });
    expect(watch('Queue full.')).toThrow('Alarm trial: say what its failure means to people');
    expect(watch('Người dân chưa nhận được biên lai điện tử.')).toThrow('ASCII');
  });

  it('and the runbook have one heading for each other, in the same order', () => {
    expect(headings).toEqual(alarms.map(nameOf).sort());
  });

  it.each([...functionsOf(service)])(
    'watch %s for errors, throttles, logged faults and slowness',
    (name, { logicalId }) => {
      const own = alarms.filter((alarm) => nameOf(alarm).startsWith(`${name}-`));
      expect(own.map(nameOf)).toEqual(
        expect.arrayContaining([`${name}-errors`, `${name}-throttles`, `${name}-needs-a-person`, `${name}-slow`]),
      );
      expect(
        own.filter((alarm) => asText(alarm.properties['Dimensions']).includes(logicalId)).length,
      ).toBeGreaterThanOrEqual(3);
    },
  );

  it('watch every stream consumer for falling behind and giving up', () => {
    for (const name of ['issue-receipt', 'confirm-dossier']) {
      expect(alarms.map(nameOf)).toEqual(expect.arrayContaining([`${name}-falls-behind`, `${name}-gives-up`]));
    }
  });

  it('watch for a series near its end, whichever function took the number', () => {
    const [alarm, ...others] = alarms.filter(({ properties }) => properties['MetricName'] === 'SERIES_NEARLY_USED');
    expect([alarm && nameOf(alarm), others]).toEqual(['series-nearly-used', []]);
    expect(logCatalogue.SERIES_NEARLY_USED).toEqual(['warn', expect.any(String)]);
    const counted = resourcesOf(service, 'AWS::Logs::MetricFilter')
      .filter(({ properties }) => properties['FilterPattern'] === '{ $.code = "SERIES_NEARLY_USED" }')
      .map(({ properties }) => properties);
    const { Namespace, MetricName } = alarm?.properties ?? {};
    for (const name of ['issuereceipt', 'chasepayments']) {
      expect(counted.filter((filter) => asText(filter['LogGroupName']).includes(name))).toMatchObject([
        { MetricTransformations: [{ MetricNamespace: Namespace, MetricName, MetricValue: '1' }] },
      ]);
    }
  });

  it('watch every failure queue for its first message', () => {
    const failureQueues = [data, service]
      .flatMap((template) => resourcesOf(template, 'AWS::SQS::Queue'))
      .filter(({ logicalId }) => logicalId.includes('failed'));
    expect(failureQueues).toHaveLength(4);
    for (const { logicalId } of failureQueues) {
      const watching = alarms.filter((alarm) => asText(alarm.properties['Dimensions']).includes(logicalId));
      expect(watching.map(({ properties }) => properties['Threshold'])).toEqual([1]);
    }
  });
});

describe('the runbook', () => {
  it.each(headings)('says of %s what it means, where to look and how to mend it', (heading) => {
    const [section] = runbook
      .split(`### ${heading}\n`)
      .slice(1)
      .map((rest) => rest.split('\n### ').at(0));
    expect(section).toMatch(/\*\*Means:\*\*[\s\S]+\*\*Investigate:\*\*[\s\S]+\*\*Resolve:\*\*/);
  });
});
