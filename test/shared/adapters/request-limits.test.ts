import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SignCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeKmsClient } from '#shared/adapters/kms-signer.ts';
import { givingUpAfter } from '#shared/adapters/request-limits.ts';
import { secretsManager } from '#shared/adapters/secrets-manager.ts';
import { makeQueueClient } from '#shared/adapters/sqs.ts';
import { answerHalf, answerWith, type GatewayHost, startGatewayHost, staySilent } from '#test/support/gateway-host.ts';

let host: GatewayHost;
let ours: { readonly endpoint: string; readonly maxAttempts: number };
beforeAll(async () => {
  host = await startGatewayHost();
  ours = { endpoint: `http://${host.host}`, maxAttempts: 1 };
  Object.assign(process.env, {
    AWS_REGION: 'ap-southeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // The client of secrets is made without being told anything.
    AWS_ENDPOINT_URL_SECRETS_MANAGER: ours.endpoint,
    AWS_MAX_ATTEMPTS: '1',
  });
});
afterAll(() => host.stop());

describe('a client of AWS', () => {
  it('gives up a request that hangs while its function still has time for another', async () => {
    host.behave(staySilent);
    const outcomes = await Promise.allSettled([
      makeDocumentClient(ours).send(new GetItemCommand({ TableName: 't', Key: {} })),
      makeQueueClient(ours).send(new SendMessageCommand({ QueueUrl: ours.endpoint, MessageBody: 'm' })),
      makeBucket('b', { ...ours, forcePathStyle: true }).client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
      secretsManager().send(new GetSecretValueCommand({ SecretId: 's' })),
      makeKmsClient(ours).send(
        new SignCommand({ KeyId: 'k', Message: Buffer.from('m'), SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' }),
      ),
    ]);

    const timedOut = { status: 'rejected', reason: expect.objectContaining({ name: 'TimeoutError' }) };
    expect(outcomes).toEqual(outcomes.map(() => timedOut));
  });
});

describe('a host that hangs', () => {
  const impatient = () => ({ ...ours, maxAttempts: 2, requestHandler: givingUpAfter(150) });

  it.each([
    ['before it answers', staySilent],
    ['in the middle of its answer', answerHalf],
  ])('%s is asked again, unnoticed by the caller', async (_when, behaviour) => {
    host.behave(behaviour, answerWith(200, '{"Item":{"PK":{"S":"p"}}}'));
    const before = host.requests();

    const { Item } = await makeDocumentClient(impatient()).send(new GetItemCommand({ TableName: 't', Key: {} }));

    expect(Item).toEqual({ PK: { S: 'p' } });
    expect(host.requests() - before).toBe(2);
  });

  it('in the middle of a file breaks its reading off, instead of holding it up', async () => {
    host.behave(answerHalf);
    const { client, name } = makeBucket('b', { ...impatient(), forcePathStyle: true });

    const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: 'k' }));

    await expect(Body?.transformToString()).rejects.toThrow(/timed out|aborted/);
  });
});
