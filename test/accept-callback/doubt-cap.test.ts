import { describe, expect, it } from '@jest/globals';
import { type Doubt, makeDoubtCap } from '#functions/accept-callback/doubt-cap.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { workingMorning } from '#test/support/payment-scene.ts';

let refs = 0;
/** A doubt about an attempt of its own. */
const aDoubt = (changes: Partial<Doubt> = {}): Doubt => ({
  gateway: 'vnpay',
  source: '198.51.100.1',
  claimedRef: `ref-${(refs += 1)}`,
  ...changes,
});
const secondsLater = (seconds: number) => instantAfter(workingMorning, seconds * 1_000);

function passedOf(cap: ReturnType<typeof makeDoubtCap>, doubts: readonly Doubt[], now = workingMorning): number {
  return doubts.filter((doubt) => cap(doubt, now)).length;
}
const many = (count: number, changes: (index: number) => Partial<Doubt> = () => ({})) =>
  Array.from({ length: count }, (_, index) => aDoubt(changes(index)));

describe('the cap on doubts', () => {
  it('lets one sender pass so often in a minute, and again in the next', () => {
    const cap = makeDoubtCap({ perSource: 3, perGateway: 10 });

    expect(passedOf(cap, many(50))).toBe(3);
    expect(passedOf(cap, many(50), secondsLater(29))).toBe(0);
    expect(passedOf(cap, many(50), secondsLater(30))).toBe(3);
  });

  it('leaves other senders their share while one floods', () => {
    const cap = makeDoubtCap({ perSource: 3, perGateway: 10 });
    passedOf(cap, many(10_000));

    expect(
      passedOf(
        cap,
        many(2, () => ({ source: '198.51.100.2' })),
      ),
    ).toBe(2);
  });

  it('bounds a flood from everywhere, for each gateway by itself', () => {
    const cap = makeDoubtCap({ perSource: 3, perGateway: 10 });
    const everywhere = (gateway: string) => many(10_000, (index) => ({ gateway, source: `host-${index}` }));

    expect(passedOf(cap, everywhere('vnpay'))).toBe(10);
    expect(passedOf(cap, everywhere('momo'))).toBe(10);
  });

  it('lets one question about an attempt pass, whoever doubts it', () => {
    const cap = makeDoubtCap({ perSource: 3, perGateway: 10 });
    const doubts = many(20, (index) => ({ claimedRef: '1000000000000301', source: `host-${index}` }));

    expect(passedOf(cap, doubts)).toBe(1);
    expect(passedOf(cap, doubts, secondsLater(60))).toBe(1);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
    ['2001:db8::1', '2001:db8:0:0:1:2:3:4'],
    ['::1', '::2'],
  ])('takes %s and %s for one sender, who has the whole network', (one, other) => {
    const cap = makeDoubtCap({ perSource: 1, perGateway: 10 });

    expect(passedOf(cap, [aDoubt({ source: one }), aDoubt({ source: other })])).toBe(1);
  });

  it('tells IPv6 networks apart', () => {
    const cap = makeDoubtCap({ perSource: 1, perGateway: 10 });

    expect(passedOf(cap, [aDoubt({ source: '2001:db8:1:2::1' }), aDoubt({ source: '2001:db8:1:3::1' })])).toBe(2);
  });

  it('lets nothing pass where it is set to none', () => {
    expect(passedOf(makeDoubtCap({ perSource: 0, perGateway: 10 }), many(5))).toBe(0);
    expect(passedOf(makeDoubtCap({ perSource: 5, perGateway: 0 }), many(5))).toBe(0);
  });
});
