import { describe, expect, it } from '@jest/globals';
import { sequenceNumberOf, toLambdaRecord } from '#infra/local/cloud/stream-record.ts';

const streamArn = 'arn:aws:dynamodb:ddblocal:000000000000:table/ledger/stream/2026-11-22T02:15:30.000';

describe('a stream record for Lambda', () => {
  it('has epoch seconds, base64 and the names of stream and region', () => {
    const record = toLambdaRecord(
      {
        eventID: 'e1',
        eventName: 'INSERT',
        eventVersion: '1.1',
        awsRegion: 'ddblocal',
        dynamodb: {
          ApproximateCreationDateTime: new Date('2026-11-22T02:15:30.900Z'),
          Keys: { pk: { S: 'PAY#1' }, sk: { S: 'PAYMENT' } },
          NewImage: {
            raw: { B: new Uint8Array([0, 255]) },
            many: { BS: [new Uint8Array([1])] },
            deep: { M: { list: { L: [{ N: '1' }, { BOOL: false }, { NULL: true }] } } },
            texts: { SS: ['a'] },
            numbers: { NS: ['1'] },
          },
          SequenceNumber: '000000000000000000001',
          SizeBytes: 12,
        },
      },
      streamArn,
    );

    expect(record).toEqual({
      eventID: 'e1',
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'ap-southeast-1',
      eventSourceARN: streamArn,
      dynamodb: {
        ApproximateCreationDateTime: 1_795_313_730,
        Keys: { pk: { S: 'PAY#1' }, sk: { S: 'PAYMENT' } },
        NewImage: {
          raw: { B: 'AP8=' },
          many: { BS: ['AQ=='] },
          deep: { M: { list: { L: [{ N: '1' }, { BOOL: false }, { NULL: true }] } } },
          texts: { SS: ['a'] },
          numbers: { NS: ['1'] },
        },
        SequenceNumber: '000000000000000000001',
        SizeBytes: 12,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(() => JSON.stringify(record)).not.toThrow();
  });

  it('is refused without a sequence number', () => {
    expect(() => sequenceNumberOf({ eventID: 'e1' })).toThrow('The stream record e1 has no sequence number.');
  });
});
