import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { asText, resourcesOf, synthesise } from './templates.ts';

const { data, edge, service } = synthesise();

const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.unknown())]);
const policySchema = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.string(), Action: oneOrMore, Resource: z.unknown() })),
  }),
});

/** What every identity of a template may do: policy, action and resource as text. */
function grantsOf(template: Template) {
  return resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ logicalId, properties }) =>
    policySchema
      .parse(properties)
      .PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
        Action.map((action) => ({ who: logicalId, action: String(action), resource: asText(Resource) })),
      ),
  );
}

const grants = grantsOf(service);
const actionsOf = (name: string, serviceName: string) =>
  grants
    .filter(({ who, action }) => who.startsWith(name.replace('-', '')) && action.startsWith(`${serviceName}:`))
    .map(({ action }) => action.slice(serviceName.length + 1))
    .filter((action, index, all) => all.indexOf(action) === index)
    .sort();

describe('least privilege', () => {
  it('names every action: no wildcard in any of them', () => {
    expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  it('names a resource in every grant', () => {
    expect(grants.filter(({ resource }) => resource === '"*"')).toEqual([]);
  });

  it('uses no managed policy, which would be wider', () => {
    for (const template of [data, edge, service]) {
      const managed = resourcesOf(template, 'AWS::IAM::Role').filter(
        ({ properties }) => 'ManagedPolicyArns' in properties,
      );
      expect(managed).toEqual([]);
    }
  });

  it('lets nobody scan the ledger, delete documents or get round their lock', () => {
    const forbidden = /^dynamodb:(Scan|BatchWrite)|^s3:(Delete|BypassGovernance|PutObjectLegalHold|PutBucket)/;
    expect(grants.filter(({ action }) => forbidden.test(action))).toEqual([]);
  });

  it.each([
    ['start-payment', ['GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['accept-callback', ['GetItem', 'PutItem', 'UpdateItem']],
    ['chase-payments', ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['refund-payment', ['PutItem', 'Query', 'UpdateItem']],
    ['correct-receipt', ['GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['finance-desk', ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['verify-receipt', ['Query']],
    ['reconcile-day', ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']],
  ])('lets %s do to the ledger what it must', (name, actions) => {
    expect(actionsOf(name, 'dynamodb')).toEqual(actions);
  });

  it.each([
    ['start-payment', ['GetObject', 'PutObject']],
    ['accept-callback', ['PutObject']],
    ['issue-receipt', ['GetObject', 'ListBucket', 'PutObject', 'PutObjectRetention']],
    ['confirm-dossier', ['ListBucket', 'PutObject']],
    ['chase-payments', ['GetObject', 'ListBucket', 'PutObject', 'PutObjectRetention']],
    ['correct-receipt', ['GetObject', 'PutObject', 'PutObjectRetention']],
    ['finance-desk', ['GetObject', 'PutObject']],
    ['reconcile-day', ['GetObject', 'GetObjectVersion', 'ListBucket', 'PutObject', 'PutObjectRetention']],
  ])('lets %s do to documents what it must', (name, actions) => {
    expect(actionsOf(name, 's3')).toEqual(actions);
  });

  it('lets the public function read the ledger by one index, and nothing else', () => {
    const own = grants.filter(({ who, action }) => who.startsWith('verifyreceipt') && action.startsWith('dynamodb:'));
    expect(own.flatMap(({ resource }) => resource.match(/index\/[a-z-]+/g))).toEqual(['index/receipts-by-lookup']);
    expect(actionsOf('verify-receipt', 's3')).toEqual([]);
    expect(actionsOf('verify-receipt', 'sqs')).toEqual([]);
  });

  it('lets who corrects receipts write notices only: no receipt, and nothing to sign with', () => {
    const documents = grants.filter(({ who, action }) => who.startsWith('correctreceipt') && action.startsWith('s3:'));
    expect(documents.filter(({ resource }) => !resource.includes('/notices/*'))).toEqual([]);
    const own = grants.filter(({ who }) => who.startsWith('correctreceipt'));
    const secrets = own.filter(
      ({ action, resource }) => /secrets|kms:Sign/.test(action) && !resource.includes('OriginSecret'),
    );
    expect(secrets).toEqual([]);
  });

  it('lets who reconciles read statements, and nobody who writes one read it', () => {
    const ofStatements = grants.filter(
      ({ action, resource }) => action.startsWith('s3:') && /Statements/.test(resource),
    );
    expect(ofStatements.map(({ who, action }) => [who.replace(/role.*/, ''), action])).toEqual([
      ['reconcileday', 's3:GetObject'],
      ['reconcileday', 's3:GetObjectVersion'],
      ['financedesk', 's3:PutObject'],
    ]);
  });

  it('lets the desk open receipts and take statements in, and send, sign or tell gateways nothing', () => {
    const own = grants.filter(({ who }) => who.startsWith('financedesk'));
    const documents = own.filter(({ action }) => action.startsWith('s3:'));
    const places = documents.map(({ action, resource }) => [
      action,
      ...new Set(resource.match(/Receipts|Evidence|Statements|"\/[^"]*\*"/g)),
    ]);
    expect(places).toEqual([
      ['s3:GetObject', 'Evidence', '"/ledger-days/*"', 'Receipts', '"/*"'],
      ['s3:PutObject', 'Statements', '"/*"'],
    ]);
    expect(
      own.filter(({ action, resource }) => /sqs:|kms:Sign/.test(action) || /merchants|signing/.test(resource)),
    ).toEqual([]);
  });

  it('lets items be deleted by the sweep only, and only claims on debts', () => {
    const deleters = grants.filter(({ action }) => action === 'dynamodb:DeleteItem');
    expect(deleters.map(({ who }) => who.replace(/role.*/, ''))).toEqual(['chasepayments']);
    expect(asText(service.toJSON())).toContain(
      '"Action":"dynamodb:DeleteItem","Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["DEBT#*"]}}',
    );
  });

  it('lets only those send to the dossier system who confirm', () => {
    const senders = grants.filter(
      ({ action, resource }) => action === 'sqs:SendMessage' && resource.includes('dossierqueue'),
    );
    expect(senders.map(({ who }) => who.replace(/role.*/, ''))).toEqual(['confirmdossier', 'chasepayments']);
  });

  it('lets only those read merchant secrets who speak with gateways', () => {
    const readers = grants.filter(({ resource }) => resource.includes('bienlai/dev/merchants/'));
    expect(readers.map(({ who }) => who.replace(/role.*/, ''))).toEqual([
      'startpayment',
      'acceptcallback',
      'chasepayments',
      'reconcileday',
      'refundpayment',
    ]);
  });

  it('lets only those read secrets of signing, and use signing keys, who issue receipts', () => {
    const { service: signing } = synthesise({ signingKeysFor: '5709990011,5709990022' });
    const signers = grantsOf(signing).filter(
      ({ action, resource }) => action === 'kms:Sign' || resource.includes('bienlai/dev/signing/'),
    );
    expect(signers.map(({ who, action }) => [who.replace(/role.*/, ''), action])).toEqual([
      ['issuereceipt', 'secretsmanager:GetSecretValue'],
      ['issuereceipt', 'kms:Sign'],
      ['chasepayments', 'secretsmanager:GetSecretValue'],
      ['chasepayments', 'kms:Sign'],
      ['reconcileday', 'secretsmanager:GetSecretValue'],
      ['reconcileday', 'kms:Sign'],
    ]);
  });
});
