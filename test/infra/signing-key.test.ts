import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SigningKey } from '#infra/constructs/signing-key.ts';
import { expectCount, expectResource, expectWhole } from './templates.ts';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, 'Signing');
const role = new Role(stack, 'SignerRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
new SigningKey(stack, 'Key5709990011', { stage: 'dev', taxCode: '5709990011' }).grantSign(role);
const template = Template.fromStack(stack);

describe('the signing key of an organisation', () => {
  it('is an RSA key for signatures that outlives its stack and takes a month to delete', () => {
    expectWhole(template, 'AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', PendingWindowInDays: 30 },
    });
  });

  it('is protected from deletion by its own policy, which would have to be changed first', () => {
    expectResource(template, 'AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:ScheduleKeyDeletion' }),
        ]),
      },
    });
  });

  it('is found by the tax code', () => {
    expectResource(template, 'AWS::KMS::Alias', { AliasName: 'alias/bienlai-dev-5709990011' });
  });

  it('lets one function sign digests, and do nothing else', () => {
    expectCount(template, 'AWS::IAM::Policy', 1);
    expectResource(template, 'AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'kms:Sign',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key5709990011'), 'Arn'] },
            Condition: {
              StringEquals: { 'kms:SigningAlgorithm': 'RSASSA_PKCS1_V1_5_SHA_256', 'kms:MessageType': 'DIGEST' },
            },
          },
        ],
      },
    });
  });

  it('gives the security rules nothing to say', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });
});
