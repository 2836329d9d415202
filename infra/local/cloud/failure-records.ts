import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBRecord } from 'aws-lambda';

/** Keeps what a stream consumer gave up, in the form and under the kind of key that Lambda uses. */
export async function keepFailureRecord(
  s3: S3Client,
  bucket: string,
  failure: {
    readonly functionName: string;
    readonly records: readonly DynamoDBRecord[];
    readonly attempts: number;
    readonly why: string;
  },
): Promise<void> {
  const { functionName, records, attempts, why } = failure;
  const timestamp = new Date().toISOString();
  const first = records[0]?.dynamodb?.SequenceNumber;
  const body = {
    requestContext: {
      functionArn: functionName,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: { functionError: why },
    version: '1.0',
    timestamp,
    DDBStreamBatchInfo: {
      startSequenceNumber: first,
      endSequenceNumber: records.at(-1)?.dynamodb?.SequenceNumber,
      batchSize: records.length,
      streamArn: records[0]?.eventSourceARN,
    },
    payload: { Records: records },
  };
  const Key = `aws/lambda/${functionName}/${timestamp}-${first}.json`;
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(body), ContentType: 'application/json' }),
  );
}
