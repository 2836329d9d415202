import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestQueueAndBucket, startTestTable, type TestQueueAndBucket } from '#test/support/local-engines.ts';

describe('the engines of a test run', () => {
  let queueAndBucket: TestQueueAndBucket;
  beforeAll(async () => {
    queueAndBucket = await startTestQueueAndBucket();
  });
  afterAll(() => queueAndBucket.stop());

  it('give every test file a table of its own', async () => {
    const [first, second] = [await startTestTable(), await startTestTable()];
    const key = { pk: 'PAY#1', sk: 'PAYMENT' };
    await first.documentClient.send(new PutCommand({ TableName: first.tableName, Item: { ...key, amount: 28_000 } }));

    const kept = await first.documentClient.send(new GetCommand({ TableName: first.tableName, Key: key }));
    const other = await second.documentClient.send(new GetCommand({ TableName: second.tableName, Key: key }));

    expect(kept.Item).toEqual({ ...key, amount: 28_000 });
    expect(other.Item).toBeUndefined();
  });

  it('give a queue that keeps order and a bucket that keeps bytes', async () => {
    const { sqs, s3, queueUrl, bucketName } = queueAndBucket;
    const message = { QueueUrl: queueUrl, MessageGroupId: 'H49.14-261122-0001' };
    await sqs.send(new SendMessageCommand({ ...message, MessageBody: 'one', MessageDeduplicationId: '1' }));
    await sqs.send(new SendMessageCommand({ ...message, MessageBody: 'two', MessageDeduplicationId: '2' }));
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
    expect(received.Messages?.[0]?.Body).toBe('one');

    await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: 'a/b.pdf', Body: Buffer.from([0, 255]) }));
    const object = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: 'a/b.pdf' }));
    expect(await object.Body?.transformToByteArray()).toEqual(new Uint8Array([0, 255]));
  });
});
