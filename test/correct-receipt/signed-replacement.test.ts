import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyReceiptPdf } from '#shared/signing/verify-receipt-pdf.ts';
import { verifyReceiptXml } from '#shared/signing/verify-receipt-xml.ts';
import {
  aReplacement,
  type CorrectionScene,
  makeCorrectionScene,
  morningAfter,
} from '#test/support/correction-scene.ts';
import { pdfToolsArePresent, textOfPdf } from '#test/support/pdf-tools.ts';
import { makeRealSigning, type Signing } from '#test/support/real-signing.ts';
import { readSigningFiles } from '#test/support/signing-files.ts';
import { xmlsecAccepts, xmlsecIsPresent } from '#test/support/xml-tools.ts';

let scene: CorrectionScene;
let signing: Signing;
let [xml, pdf]: readonly Uint8Array[] = [];
beforeAll(async () => {
  scene = await makeCorrectionScene();
  signing = makeRealSigning(scene.needs.clock);
  const receipt = await scene.putReceipted();
  scene.setClock(morningAfter);
  await scene.correct(aReplacement(receipt));
  await scene.issue([receipt.paymentId], signing);
  const [, replacement] = await scene.chainOf(receipt.paymentId);
  [xml, pdf] = await Promise.all(
    [replacement?.xml, replacement?.pdf].map((kept) => scene.archivedBytes(kept?.key ?? '')),
  );
}, 60_000);
afterAll(() => scene.engine.stop());

const related =
  '<TTBLLQuan><TCBLai>1</TCBLai><KHMSBLCLQuan>EBL01</KHMSBLCLQuan><KHBLCLQuan>26TAA</KHBLCLQuan>' +
  '<SBLCLQuan>1</SBLCLQuan><NLBLCLQuan>2026-11-23</NLBLCLQuan><GChu>Sai mã số thuế</GChu></TTBLLQuan>';

describe('the documents of a replacement', () => {
  it('name the replaced receipt within what is signed, and pass V1 to V8', async () => {
    const text = Buffer.from(xml ?? []).toString();
    expect(text).toContain(`<MTTHC>1.013831</MTTHC>${related}</TTChung>`);
    expect(text).toContain('<MST>0101234567</MST>');

    const verdict = await verifyReceiptXml(xml ?? new Uint8Array(), { trust: signing.trust, now: morningAfter });

    expect(verdict.checks.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `V${n} passed`),
      'V9 not-done',
    ]);
    expect(verdict.facts?.replaces).toEqual({
      template: 'EBL01',
      series: '26TAA',
      number: 1,
      issuedOn: '2026-11-23',
      reason: 'Sai mã số thuế',
    });
  });

  it('are refused when the name of the replaced receipt is altered', async () => {
    const altered = Buffer.from(xml ?? [])
      .toString()
      .replace('<SBLCLQuan>1<', '<SBLCLQuan>9<');
    const { isGenuine, checks } = await verifyReceiptXml(Buffer.from(altered), {
      trust: signing.trust,
      now: morningAfter,
    });
    expect([isGenuine, checks.find(({ outcome }) => outcome === 'failed')?.code]).toEqual([false, 'V4']);
  });

  (xmlsecIsPresent() ? it : it.skip)('are accepted by xmlsec1', () => {
    const root = readFileSync(readSigningFiles().SIGNING_TRUST_ANCHORS_FILE, 'utf8');
    expect(xmlsecAccepts(xml ?? new Uint8Array(), root)).toBe(true);
  });

  (pdfToolsArePresent() ? it : it.skip)('say the same on the page', async () => {
    const page = pdf ?? new Uint8Array();
    expect((await verifyReceiptPdf(page, { trust: signing.trust, now: morningAfter })).isGenuine).toBe(true);
    const words = textOfPdf(page).replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      'Thay thế biên lai: mẫu số EBL01, ký hiệu 26TAA, số 00000001, ngày 23/11/2026. Lý do: Sai mã số thuế',
    );
  });
});
