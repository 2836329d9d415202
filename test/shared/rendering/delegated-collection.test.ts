import { beforeAll, describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { textsOf } from '#shared/rendering/receipt-texts.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { recoverContent } from '#shared/rendering/recover-content.ts';
import { verifyReceiptXml } from '#shared/signing/verify-receipt-xml.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const delegator = { name: 'Sở Nông nghiệp và Môi trường & Tài nguyên tỉnh Quảng Ninh', taxCode: '5709990077' };
const plain = aReceiptContent();
const content = aReceiptContent({ collector: { ...plain.collector, delegator } });

describe('a receipt of a unit that collects for another organisation (NĐ 254/2026 art. 25)', () => {
  it('prints the delegator’s name, then the unit’s name and address', () => {
    const { collector } = textsOf(content, { signed: true });

    expect(collector.slice(0, 4).map(({ value }) => value)).toEqual([
      'Sở Nông nghiệp và Môi trường & Tài nguyên tỉnh Quảng Ninh, mã số thuế 5709990077',
      plain.collector.name,
      '5709990011',
      plain.collector.address,
    ]);
  });

  it('bears the unit’s signature alone', () => {
    const { signature } = textsOf(content, { signed: true });

    expect(signature.state[0]).toBe(`Ký bởi: ${plain.collector.name}`);
  });

  it('names the delegator before the unit in the XML, and nothing where there is none', () => {
    expect(renderReceiptXml(content)).toContain(
      '<NDBLai><TCUNhiem><Ten>Sở Nông nghiệp và Môi trường &amp; Tài nguyên tỉnh Quảng Ninh</Ten><MST>5709990077</MST></TCUNhiem><TCThu>',
    );
    expect(renderReceiptXml(plain)).toContain('<NDBLai><TCThu>');
  });
});

const describeSigned = opensslIsPresent() ? describe : describe.skip;

describeSigned('its signed XML', () => {
  let scene: SigningScene;
  beforeAll(() => {
    scene = makeSigningScene();
  });

  it('passes V1 to V8 by the unit’s certificate, and gives back what it was made from', async () => {
    const now = instantSchema.parse('2026-11-23T02:00:00.000Z');
    const bytes = Buffer.from(await scene.sign({ content }));

    const { isGenuine, facts } = await verifyReceiptXml(bytes, { trust: scene.trust, now });

    expect(isGenuine).toBe(true);
    if (facts === undefined) throw new Error('no facts');
    const { signingTime: signedAt, rendererVersion } = content;
    expect(recoverContent(facts, { signedAt, unitCode: 'vpdkdd', rendererVersion })).toEqual(content);
  });
});
