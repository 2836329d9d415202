import { describe, expect, it } from '@jest/globals';
import { sRgbProfile } from '#shared/rendering/srgb-profile.ts';

describe('the colour profile', () => {
  const profile = Buffer.from(sRgbProfile());
  const tags = Array.from({ length: profile.readUInt32BE(128) }, (_, index) => {
    const at = 132 + 12 * index;
    const [start, length] = [profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 8)];
    return { name: profile.toString('latin1', at, at + 4), start, data: profile.subarray(start, start + length) };
  });
  const tag = (name: string) => tags.find((each) => each.name === name)?.data ?? Buffer.alloc(0);
  const numbersOf = (data: Buffer, from = 8) =>
    Array.from({ length: (data.length - from) / 4 }, (_, index) => data.readInt32BE(from + 4 * index) / 0x10000);

  it('says how long it is, and that it is one of a display in RGB', () => {
    expect(profile.readUInt32BE(0)).toBe(profile.length);
    expect(profile.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ');
    expect(profile.toString('latin1', 36, 40)).toBe('acsp');
  });

  it('has every part that ICC demands of such a profile, each where it says and on a boundary of four bytes', () => {
    const names = ['desc', 'cprt', 'wtpt', 'chad', 'rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'];
    expect(tags.map(({ name }) => name)).toEqual(names);
    for (const { start, data } of tags) {
      expect(start % 4).toBe(0);
      expect(start + data.length).toBeLessThanOrEqual(profile.length);
    }
  });

  it('makes white of full red, green and blue, as the white of paper', () => {
    const sum = ['rXYZ', 'gXYZ', 'bXYZ']
      .map((name) => numbersOf(tag(name)))
      .reduce((one, other) => one.map((value, axis) => value + (other[axis] ?? 0)));
    const white = numbersOf(tag('wtpt'));
    for (const [axis, value] of sum.entries()) expect(value).toBeCloseTo(white[axis] ?? 0, 3);
  });

  it('has the tone curve of sRGB, whose two parts meet', () => {
    const [g = 0, a = 0, b = 0, c = 0, d = 0] = numbersOf(tag('rTRC'), 12);
    expect((a * d + b) ** g).toBeCloseTo(c * d, 4);
    expect((a * 0.5 + b) ** g).toBeCloseTo(0.21404, 4);
    expect((a + b) ** g).toBeCloseTo(1, 4);
  });
});
