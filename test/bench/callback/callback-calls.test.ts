import { describe, expect, it } from '@jest/globals';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { sameUpdateFor } from './callback-calls.ts';

describe('the update of the floor', () => {
  it('is the recorded one for another payment, of the same size', () => {
    const recordedFor = paymentIdFrom(1_111_111_111);
    const other = paymentIdFrom(2_222_222_222);
    const recorded = JSON.stringify({
      Key: { pk: { S: `PAY#${recordedFor}` } },
      ExpressionAttributeValues: {
        ':gatewayRef': { S: `${recordedFor}01` },
        ':id': { S: `1${recordedFor.slice(-7)}` },
      },
    });

    expect(sameUpdateFor(recorded, recordedFor, other)).toEqual({
      Key: { pk: { S: `PAY#${other}` } },
      ExpressionAttributeValues: { ':gatewayRef': { S: `${other}01` }, ':id': { S: `1${other.slice(-7)}` } },
    });
  });
});
