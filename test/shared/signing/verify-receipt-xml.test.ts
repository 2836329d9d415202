import { beforeAll, describe, expect, it } from '@jest/globals';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { type ReceiptVerdict, type VerifyingNeeds, verifyReceiptXml } from '#shared/signing/verify-receipt-xml.ts';
import { makeAuthority, opensslIsPresent, playAuthority } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { alter, makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;
const now = instantSchema.parse('2026-11-23T01:00:00.000Z');

let scene: SigningScene;

/** The code of the check that failed, or `genuine`. */
async function verdictOn(xml: string | Uint8Array, needs: Partial<VerifyingNeeds> = {}): Promise<string> {
  const verdict = await verify(xml, needs);
  return (
    verdict.checks.find(({ outcome }) => outcome === 'failed')?.code ?? (verdict.isGenuine ? 'genuine' : 'unclear')
  );
}

async function verify(xml: string | Uint8Array, needs: Partial<VerifyingNeeds> = {}): Promise<ReceiptVerdict> {
  const bytes = typeof xml === 'string' ? new TextEncoder().encode(xml) : xml;
  return verifyReceiptXml(bytes, { trust: scene.trust, now, ...needs });
}

withOpenssl('verifying the XML of a receipt', () => {
  beforeAll(() => {
    scene = makeSigningScene();
  });

  it('finds a receipt of ours genuine, tells its facts and its signer, and says that the registry was not asked', async () => {
    const verdict = await verify(await scene.sign());
    expect(verdict.isGenuine).toBe(true);
    expect(verdict.facts).toMatchObject({ series: '26TAA', number: 123, totalVnd: 28_000 });
    expect(verdict.facts?.payer.name).toBe('Nguyễn Thị Ánh Tuyết');
    expect(verdict.signer).toMatchObject({ taxCode: '5709990011', signedAt: '2026-11-22T02:15:41.000Z' });
    expect(verdict.checks.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual([
      ...['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8'].map((code) => `${code} passed`),
      'V9 not-done',
    ]);
  });

  it('tells no facts of a receipt that failed, names the check, and leaves those after it undone', async () => {
    const { facts, signer, isGenuine, checks } = await verify(
      alter(await scene.sign(), '<TTien>28000', '<TTien>29000'),
    );
    expect([isGenuine, facts, signer]).toEqual([false, undefined, undefined]);
    expect(checks[3]).toMatchObject({ code: 'V4', outcome: 'failed', says: 'Nội dung biên lai đã bị sửa sau khi ký.' });
    expect(checks.slice(4).every(({ outcome }) => outcome === 'not-done')).toBe(true);
  });

  it('accepts a receipt of a hundred lines, and one with names of 400 letters that XML must escape', async () => {
    const lines = Array.from({ length: 100 }, () => ({ amountVnd: 9_999_999_999 }));
    expect(await verdictOn(await scene.sign({ content: aReceiptContent({}, lines) }))).toBe('genuine');
    const ugly = aReceiptContent({ payer: { name: `<&>"'${'Ễ'.repeat(395)}` } });
    expect(await verdictOn(await scene.sign({ content: ugly }))).toBe('genuine');
  });

  describe('V1, the file', () => {
    it.each([
      ['nothing', ''],
      ['no XML', 'xin chào'],
      ['a PDF', '%PDF-1.7\n'],
      ['another root beside the first', '<BLai/><BLai/>'],
      ['an entity that was never declared', '<BLai>&name;</BLai>'],
      ['a null character', '<BLai>&#0;</BLai>'],
      ['elements ten thousand deep', '<BLai>'.repeat(10_000) + '</BLai>'.repeat(10_000)],
      ['half a million tags', `<BLai>${'<a/>'.repeat(500_000)}</BLai>`],
      ['an attribute of two megabytes', `<BLai Id="${'a'.repeat(2_000_000)}"/>`],
      [
        'a hundred thousand attributes',
        `<BLai ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      ],
      ['more than 2 MB', `<BLai>${' '.repeat(2 * 1024 * 1024)}</BLai>`],
      ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><BLai><DLBLai Id="data"/></BLai>'],
      ['XML 1.1', '<?xml version="1.1"?><BLai><DLBLai Id="data"/></BLai>'],
    ])('refuses %s', async (_, xml) => {
      expect(await verdictOn(xml)).toBe('V1');
    });

    it('refuses bytes that are no UTF-8, and UTF-16', async () => {
      expect(await verdictOn(Uint8Array.of(0x3c, 0xff, 0xfe, 0x3e))).toBe('V1');
      expect(await verdictOn(Buffer.from(await scene.sign(), 'utf16le'))).toBe('V1');
    });

    it('refuses a document type, a bomb of entities among them', async () => {
      const signed = await scene.sign();
      const laughs = Array.from({ length: 30 }, (_, level) => `<!ENTITY x${level + 1} "&x${level};&x${level};">`).join(
        '',
      );
      const bomb = `<!DOCTYPE BLai [<!ENTITY x0 "ha">${laughs}]><BLai>&x30;</BLai>`;
      expect(await verdictOn(bomb)).toBe('V1');
      expect(await verdictOn(alter(signed, '?><BLai>', '?><!DOCTYPE BLai SYSTEM "file:///etc/passwd"><BLai>'))).toBe(
        'V1',
      );
    });

    it('refuses a receipt that was cut off', async () => {
      const signed = await scene.sign();
      expect(await verdictOn(signed.slice(0, -20))).toBe('V1');
    });

    it.each(['Id', 'ID', 'id', 'xml:id', 'x:Id'])(
      'refuses a second part called data by the attribute %s',
      async (attribute) => {
        const second = `<DLBLai xmlns:x="urn:x" ${attribute}="data"></DLBLai>`;
        expect(await verdictOn(alter(await scene.sign(), '<BLai>', `<BLai>${second}`))).toBe('V1');
      },
    );
  });

  describe('V2, the schema', () => {
    it.each([
      ['an element that is not there', '<PBan>1.0</PBan>', ''],
      ['an element that nobody knows', '<PBan>', '<GiamGia>0</GiamGia><PBan>'],
      ['a name of 401 letters', 'Nguyễn Thị Ánh Tuyết', 'a'.repeat(401)],
      ['a name with a mark that turns the writing direction', 'Nguyễn Thị Ánh Tuyết', 'Nguyễn\u202eTuyết'],
      ['an amount with a fraction', '<TTien>28000', '<TTien>28000.5'],
      ['a number with leading zeros', '<SBLai>123', '<SBLai>00123'],
      ['a day that no calendar has', '<NLap>2026-11-22', '<NLap>2026-11-31'],
      ['another currency', '>VND<', '>USD<'],
      ['a comment, which readers see differently', '<TTien>28000', '<TTien>28<!-- -->000'],
      ['a CDATA section', '<TTien>28000', '<TTien><![CDATA[28000]]>'],
      ['a processing instruction', '?><BLai>', '?><?xml-stylesheet href="https://example.vn/x.xsl"?><BLai>'],
      [
        'two signatures',
        /<Signature .*<\/Signature>/,
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'.repeat(2),
      ],
    ])('refuses %s', async (_, from, to) => {
      expect(await verdictOn(alter(await scene.sign(), from, to))).toBe('V2');
    });

    it('repeats no value of the file in its message', async () => {
      const { checks } = await verify(alter(await scene.sign(), '<SBLai>123', "<SBLai>O'Hara is here"));
      expect(checks[1]?.detail).toContain('SBLai');
      expect(checks[1]?.detail).not.toContain('Hara');
    });
  });

  describe('V3, what is signed and how', () => {
    const time = '<SigningTime>2026-11-22T09:15:41</SigningTime>';
    it.each([
      ['no signature', /<Signature .*<\/Signature>/, ''],
      ['SHA-1 in the signature', '2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1'],
      ['SHA-1 in a digest', '2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1'],
      [
        'a transform more',
        '</Transforms>',
        '<Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"/></Transforms>',
      ],
      [
        'another transform',
        '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
        '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
      ],
      ['a reference to something else', 'URI="#data"', 'URI=""'],
      ['a reference less', /<Reference URI="#SigningTime.*?<\/Reference>/, ''],
      ['a reference more', '</SignedInfo>', '<Reference URI="#x"/></SignedInfo>'],
      ['no signing time', time, ''],
      ['a signing time that is none', time, '<SigningTime>2026-02-30T00:00:00</SigningTime>'],
      ['a second object', '</Signature>', '<Object/></Signature>'],
      ['an element of another namespace', '<KeyInfo>', '<KeyInfo><x xmlns="urn:x"/>'],
      ['no certificate', /<X509Certificate>.*<\/X509Certificate>/, ''],
      ['the ids of another receipt', /7KQ2M9XWPD4T"/g, '7KQ2M9XWPD4V"'],
      ['text between elements', '</SignedInfo>', '</SignedInfo>x'],
    ])('refuses %s', async (_, from, to) => {
      expect(await verdictOn(alter(await scene.sign(), from, to))).toBe('V3');
    });

    it('says so when an algorithm is too weak', async () => {
      const { checks } = await verify(alter(await scene.sign(), '2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1'));
      expect(checks[2]?.says).toContain('SHA-1');
    });

    it('refuses a signature that is wrapped: the signed data put aside, another one in its place', async () => {
      const signed = await scene.sign();
      const [data = ''] = /<DLBLai .*<\/DLBLai>/.exec(signed) ?? [];
      const forged = data.replace(' Id="data"', ' Id="forged"').replaceAll('28000', '99000');
      const aside = alter(alter(signed, data, forged), '</Signature>', `<Object>${data}</Object></Signature>`);
      expect(await verdictOn(aside)).toBe('V2');
      expect(await verdictOn(alter(aside, ' Id="forged"', ''))).toBe('V2');
    });
  });

  describe('V4 and V5, what was altered', () => {
    it.each([
      ['V4', 'a digit', '<TTien>28000', '<TTien>28001'],
      ['V4', 'the name', 'Nguyễn Thị Ánh Tuyết', 'Nguyễn Thị Anh Tuyết'],
      ['V4', 'the name in another normal form', 'Nguyễn Thị Ánh Tuyết', 'Nguyễn Thị Ánh Tuyết'.normalize('NFD')],
      ['V4', 'the signing time', '2026-11-22T09:15:41', '2026-11-22T09:15:42'],
      ['V4', 'a digest', /<DigestValue>..../, '<DigestValue>AAAA'],
      ['V5', 'the value of the signature', /<SignatureValue>..../, '<SignatureValue>AAAA'],
      ['V5', 'the certificate, which is none any more', /<X509Certificate>..../, '<X509Certificate>AAAA'],
      ['V5', 'white space inside what is signed', '<SignedInfo>', '<SignedInfo> '],
    ])('gives %s for %s', async (code, _, from, to) => {
      expect(await verdictOn(alter(await scene.sign(), from, to))).toBe(code);
    });

    it('gives V5 for the certificate of somebody else', async () => {
      const other = scene.authority.issueFor({ taxCode: '5709990011', name: 'Kẻ khác' });
      const swapped = `<X509Certificate>${Buffer.from(other.certificates[0] ?? []).toString('base64')}`;
      expect(await verdictOn(alter(await scene.sign(), /<X509Certificate>[^<]*/, swapped))).toBe('V5');
    });

    it('gives V5 for a key that is too short', async () => {
      const by = scene.authority.issueFor({ taxCode: '5709990011', name: 'Khóa ngắn', bits: 1024 });
      expect(await verdictOn(await scene.sign({ by }))).toBe('V5');
    });
  });

  describe('V6, the certificates', () => {
    const issued = { taxCode: '5709990011', name: 'Văn phòng' };

    it('refuses a signer of an unknown authority, or none to believe', async () => {
      const stranger = makeAuthority('CA lạ').issueFor(issued);
      expect(await verdictOn(await scene.sign({ by: stranger }))).toBe('V6');
      expect(await verdictOn(await scene.sign(), { trust: { anchors: [], revoked: [] } })).toBe('V6');
    });

    it('refuses an authority of the same name that is another', async () => {
      const impostor = makeAuthority(scene.root.name).certifyAuthority(scene.authority.name).issueFor(issued);
      expect(await verdictOn(await scene.sign({ by: impostor }))).toBe('V6');
    });

    it('refuses a certificate that had expired when it signed, or was not valid yet, and takes one that expired later', async () => {
      const late = scene.authority.issueFor({ ...issued, notAfter: new Date('2026-11-22T02:15:40Z') });
      const early = scene.authority.issueFor({ ...issued, notBefore: new Date('2026-11-22T02:15:42Z') });
      const expiredSince = scene.authority.issueFor({ ...issued, notAfter: new Date('2026-11-22T02:15:42Z') });
      expect(await verdictOn(await scene.sign({ by: late }))).toBe('V6');
      expect(await verdictOn(await scene.sign({ by: early }))).toBe('V6');
      expect(await verdictOn(await scene.sign({ by: expiredSince }))).toBe('genuine');
    });

    it('refuses an authority that had expired when it signed', async () => {
      const old = scene.root.certifyAuthority('CA cũ', { notAfter: new Date('2026-01-01T00:00:00Z') });
      expect(await verdictOn(await scene.sign({ by: old.issueFor(issued) }))).toBe('V6');
    });

    it('refuses an organisation that plays the authority', async () => {
      const by = playAuthority(scene.organisation, scene.root.rootPem).issueFor(issued);
      expect(by.certificates).toHaveLength(3);
      expect(await verdictOn(await scene.sign({ by }))).toBe('V6');
    });

    it('refuses a certificate that was not given out for signing', async () => {
      const by = scene.authority.issueFor({ ...issued, keyUsage: 'critical,keyEncipherment' });
      expect(await verdictOn(await scene.sign({ by }))).toBe('V6');
    });

    it('refuses a revoked certificate, of the signer or an authority', async () => {
      const revokedAt = instantSchema.parse('2026-11-22T02:15:41.000Z');
      for (const { serial } of [scene.organisation, scene.authority]) {
        const revoked = [{ serial: readSerial(serial), revokedAt }];
        expect(await verdictOn(await scene.sign(), { trust: { ...scene.trust, revoked } })).toBe('V6');
      }
    });

    it('takes what was signed before a revocation, and says that the registry must confirm it', async () => {
      const revokedAt = instantSchema.parse('2026-11-22T02:15:42.000Z');
      const revoked = [{ serial: readSerial(scene.organisation.serial), revokedAt }];
      const { isGenuine, checks } = await verify(await scene.sign(), { trust: { ...scene.trust, revoked } });
      expect([isGenuine, checks[5]?.outcome, checks[5]?.says]).toEqual([
        true,
        'passed',
        expect.stringContaining('sổ biên lai'),
      ]);
    });

    it('takes a signer whose certificate itself is believed', async () => {
      const anchors = [readSigningCertificate(scene.organisation.certificatePem)];
      const by = {
        ...scene.organisation,
        signer: {
          ...scene.organisation.signer,
          certificates: [scene.organisation.certificates[0] ?? new Uint8Array()],
        },
      };
      expect(await verdictOn(await scene.sign({ by }), { trust: { anchors, revoked: [] } })).toBe('genuine');
    });
  });

  it('gives V7 for the certificate of another organisation, or of none', async () => {
    const other = scene.authority.issueFor({ taxCode: '5709990022', name: 'Tổ chức khác' });
    const branch = scene.authority.issueFor({ taxCode: '5709990011-001', name: 'Chi nhánh' });
    const nobody = scene.authority.issueFor({
      taxCode: '',
      name: '',
      subject: '/C=VN/O=MST:5709990011/CN=UID=MST:5709990011',
    });
    for (const by of [other, branch, nobody]) expect(await verdictOn(await scene.sign({ by }))).toBe('V7');
  });

  describe('V8, the rules that no schema can say', () => {
    const line = '<KThu><STT>1</STT>';
    it.each([
      ['a sum that is not that of the lines', '<TgTien>28000', '<TgTien>28001'],
      ['a total that is not the sum less the reduction', '<TgTTTBSo>', '<TgTMGiam>1000</TgTMGiam><TgTTTBSo>'],
      ['words of another amount', 'Hai mươi tám nghìn đồng', 'Hai mươi chín nghìn đồng'],
      ['a price that times the quantity is not the amount', '<DGia>28000', '<DGia>14000'],
      ['lines that do not count from one', line, '<KThu><STT>2</STT>'],
      [
        'phí and lệ phí on one receipt',
        '<DSKThu>',
        '<DSKThu><KThu><STT>1</STT><TLKThu>1</TLKThu><Ten>Phí</Ten><TTien>1</TTien></KThu>',
      ],
      ['a series of another year', '26TAA', '25TAA'],
      ['a series of the law before', '>26TAA<', '>26T<'],
      ['a template of the law before', 'EBL01', '01BLP0-001'],
      ['a receipt made after it was signed', '<NLap>2026-11-22', '<NLap>2026-11-23'],
      ['an address of another receipt', 'tra-cuu/7KQ2M9XWPD4T', 'tra-cuu/7KQ2M9XWPD4V'],
    ])('refuses %s', async (_, from, to) => {
      const change = (xml: string) =>
        alter(xml, from, to).replace('<KThu><STT>1</STT><TLKThu>2', '<KThu><STT>2</STT><TLKThu>2');
      const isOfTwoKinds = from === '<DSKThu>';
      expect(await verdictOn(await scene.sign({ change: isOfTwoKinds ? change : (xml) => alter(xml, from, to) }))).toBe(
        'V8',
      );
    });

    it('refuses a receipt that was signed tomorrow', async () => {
      const yesterday = instantSchema.parse('2026-11-21T16:59:59.999Z');
      expect(await verdictOn(await scene.sign(), { now: yesterday })).toBe('V8');
    });

    it('takes a reduction that adds up, and words that end in chẵn', async () => {
      const reduced = (xml: string) =>
        alter(
          alter(xml, '<TgTTTBSo>28000', '<TgTMGiam>8000</TgTMGiam><TgTTTBSo>20000'),
          'Hai mươi tám nghìn đồng',
          'Hai mươi nghìn đồng chẵn',
        );
      expect(await verdictOn(await scene.sign({ change: reduced }))).toBe('genuine');
    });

    it('takes a replacement, and none of a later receipt', async () => {
      const replaced = {
        template: 'EBL01',
        series: '26TAA',
        issuedOn: businessDateSchema.parse('2026-11-20'),
        reason: 'Sai số tiền',
      };
      const sign = async (change: object) => scene.sign({ replaces: { ...replaced, number: 98, ...change } });
      expect((await verify(await sign({}))).facts?.replaces).toEqual({ ...replaced, number: 98 });
      expect(await verdictOn(await sign({ number: 123 }))).toBe('V8');
      expect(await verdictOn(await sign({ issuedOn: businessDateSchema.parse('2026-11-23') }))).toBe('V8');
    });
  });

  describe('V9, the registry', () => {
    it('passes when the registry holds these bytes, and tells of a replacement', async () => {
      const { sha256 } = await verify(await scene.sign());
      const asked: unknown[] = [];
      const lookUp = (state: 'signed' | 'replaced') => async (claimed: unknown) => {
        asked.push(claimed);
        return { sha256, state };
      };
      expect((await verify(await scene.sign(), { lookUp: lookUp('signed') })).checks[8]?.outcome).toBe('passed');
      expect((await verify(await scene.sign(), { lookUp: lookUp('replaced') })).checks[8]?.says).toContain('thay thế');
      expect(asked[0]).toEqual({
        template: 'EBL01',
        series: '26TAA',
        number: 123,
        lookupCode: '7KQ2M9XWPD4T',
        taxCode: '5709990011',
      });
    });

    it('gives V9 for a receipt that was never issued, or has other bytes', async () => {
      const signed = await scene.sign();
      expect(await verdictOn(signed, { lookUp: async () => undefined })).toBe('V9');
      expect(
        await verdictOn(signed, { lookUp: async () => ({ sha256: undefined, state: 'awaiting-signature' }) }),
      ).toBe('V9');
      const lookUp = async () => ({ sha256: '0'.repeat(64), state: 'signed' }) as const;
      expect(await verdictOn(alter(signed, '</BLai>', ' </BLai>'), { lookUp })).toBe('V9');
    });

    it('stays open when the registry does not answer', async () => {
      const lookUp = async () => {
        throw new Error('the ledger is away');
      };
      const { checks } = await verify(await scene.sign(), { lookUp });
      expect(checks[8]?.outcome).toBe('not-done');
    });
  });
});

function readSerial(serial: string): string {
  return serial.replace(/^0+/, '');
}
