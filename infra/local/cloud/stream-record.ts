import type { _Record as ReadRecord, AttributeValue as ReadValue } from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { localAccount } from '#infra/local/local-account.ts';

/**
 * Turns a record as the SDK reads it into the one that Lambda hands to a function: seconds instead of a Date,
 * base64 instead of bytes, and the names of stream and region, which DynamoDB Local leaves out or invents.
 */
export function toLambdaRecord(record: ReadRecord, streamArn: string): DynamoDBRecord {
  const { dynamodb } = record;
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? 'MODIFY',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: localAccount.region,
    eventSourceARN: streamArn,
    dynamodb: {
      ...(dynamodb?.ApproximateCreationDateTime === undefined
        ? {}
        : { ApproximateCreationDateTime: Math.floor(dynamodb.ApproximateCreationDateTime.getTime() / 1000) }),
      ...(dynamodb?.Keys === undefined ? {} : { Keys: toLambdaItem(dynamodb.Keys) }),
      ...(dynamodb?.NewImage === undefined ? {} : { NewImage: toLambdaItem(dynamodb.NewImage) }),
      ...(dynamodb?.OldImage === undefined ? {} : { OldImage: toLambdaItem(dynamodb.OldImage) }),
      SequenceNumber: sequenceNumberOf(record),
      SizeBytes: dynamodb?.SizeBytes ?? 0,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

/** @throws Error for a record without a number: it could be neither ordered nor remembered */
export function sequenceNumberOf(record: ReadRecord): string {
  const number = record.dynamodb?.SequenceNumber;
  if (number === undefined) throw new Error(`The stream record ${record.eventID ?? ''} has no sequence number.`);
  return number;
}

function toLambdaItem(item: Readonly<Record<string, ReadValue>>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toLambdaValue(value)]));
}

function toLambdaValue(value: ReadValue): AttributeValue {
  if (value.M !== undefined) return { M: toLambdaItem(value.M) };
  if (value.L !== undefined) return { L: value.L.map(toLambdaValue) };
  if (value.B !== undefined) return { B: toBase64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(toBase64) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  return { NULL: true };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
