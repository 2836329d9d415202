import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { chargeNumberSchema } from '#schemas/ids.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { eventIdOf, uuidV5 } from '#shared/domain/event-id.ts';

const name = {
  paymentId: paymentIdFrom(0),
  chargeNumber: chargeNumberSchema.parse('01'),
  type: eventTypes.paymentPaid,
  ordinal: 1,
};

describe('the id of a confirmation', () => {
  it('is made as RFC 9562 appendix A.4 shows it', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('never changes: readers deduplicate by it for ever', () => {
    expect(eventIdOf(name)).toBe('6931914c-7a96-5404-8cf6-d395938d766f');
  });

  it('differs with each part of the name, and where parts run together', () => {
    const names = [
      name,
      { ...name, paymentId: paymentIdFrom(1) },
      { ...name, chargeNumber: chargeNumberSchema.parse('11') },
      { ...name, type: eventTypes.paymentExpired },
      { ...name, ordinal: 11 },
    ];
    expect(new Set(names.map(eventIdOf)).size).toBe(names.length);
  });
});
