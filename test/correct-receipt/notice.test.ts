import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readUnits } from '#config/units.ts';
import { aDecision, aNotice, type CorrectionScene, done, makeCorrectionScene } from '#test/support/correction-scene.ts';

let scene: CorrectionScene;
beforeAll(async () => {
  scene = await makeCorrectionScene();
});
afterAll(() => scene.engine.stop());

describe('a notice 04/SS-CTĐT', () => {
  it('is archived, marks the receipt and takes no number', async () => {
    const receipt = await scene.putReceipted();
    const proposal = aNotice(receipt, { wrong: ['payer-name', 'payer-address', 'payer-name'] });
    expect(done(await scene.run(proposal)).wrong).toEqual(['payer-name', 'payer-address']);

    const { notice, state } = done(await scene.run(aDecision(proposal)));

    const key = `notices/5709990011/EBL01/26TAA/0000000${receipt.content.number}-${proposal.correction.correctionId}-2026-11-23.xml`;
    expect([state, notice]).toEqual(['approved', { key, sha256: expect.any(String), madeOn: '2026-11-23' }]);
    const xml = Buffer.from(await scene.archivedBytes(key)).toString();
    for (const part of [
      '<TBao><DLTBao Id="data"><PBan>1.0</PBan><MSo>04/SS-CTĐT</MSo>',
      '<MCQT>22501</MCQT><TCQT>Thuế cơ sở 1 tỉnh Quảng Ninh</TCQT>',
      '<MST>5709990011</MST><DDanh>Quảng Ninh</DDanh><NTBao>2026-11-23</NTBao>',
      `<KHMSCTu>EBL01</KHMSCTu><KHCTu>26TAA</KHCTu><SCTu>${receipt.content.number}</SCTu><NLap>2026-11-23</NLap>`,
      '<LCTDT>3</LCTDT><LDo>Sai tên người nộp</LDo>',
    ]) {
      expect(xml).toContain(part);
    }
    const errorNotice = { key, sha256: notice?.sha256, bytes: Buffer.byteLength(xml), archivedAt: receipt.numberedAt };
    expect(await scene.receiptsOf(receipt.paymentId)).toEqual([{ ...receipt, errorNotice }]);
    expect(done(await scene.run(aDecision(proposal)))).toMatchObject({ notice: { key } });
    expect(await scene.drainQueue()).toHaveLength(2);
    await scene.finish();
    expect(await scene.drainQueue()).toEqual([]);
  });

  it('may be made again, and its receipt may still be replaced', async () => {
    const receipt = await scene.putReceipted();
    await scene.correct(aNotice(receipt));
    await scene.correct(aNotice(receipt, { wrong: ['other'], reason: 'Sai địa chỉ người nộp' }));
    const found = await scene.needs.ledger.readCase(receipt.paymentId);
    expect(found?.corrections.map(({ state }) => state)).toEqual(['approved', 'approved']);
    expect(found?.record.receipts[0]).toMatchObject({ state: 'signed', errorNotice: { key: expect.any(String) } });
  });

  it('whose approval was killed after it was archived is approved again with the same one', async () => {
    const receipt = await scene.putReceipted();
    const proposal = aNotice(receipt);
    await scene.run(proposal);
    const before = (await scene.archivedKeys()).length;
    const ledger = { ...scene.needs.ledger, recordNotice: () => Promise.reject(new Error('killed')) };
    await expect(scene.run(aDecision(proposal), { ledger })).rejects.toThrow('killed');

    expect(done(await scene.run(aDecision(proposal))).state).toBe('approved');

    expect(await scene.archivedKeys()).toHaveLength(before + 1);
  });

  it('needs the tax office of the unit', async () => {
    const proposal = aNotice(await scene.putReceipted());
    await scene.run(proposal);
    const units = readUnits({ path: 'test', data: scene.needs.units.map(({ taxOffice, ...unit }) => unit) });
    expect(await scene.run(aDecision(proposal), { units })).toMatchObject({
      code: 'no-tax-office',
      explanation: expect.stringContaining('thêm mục taxOffice của đơn vị'),
    });
  });
});
