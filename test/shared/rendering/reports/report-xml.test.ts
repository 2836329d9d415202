import { describe, expect, it } from '@jest/globals';
import { businessDateSchema } from '#schemas/ids.ts';
import { errorNoticeSchema } from '#shared/domain/error-notice.ts';
import { quarterSchema, type UsageRow } from '#shared/domain/receipt-usage.ts';
import { renderErrorNoticeXml } from '#shared/rendering/reports/error-notice-xml.ts';
import { renderUsageXml } from '#shared/rendering/reports/usage-xml.ts';
import { registryOffice } from '#test/support/register-scene.ts';

const row: UsageRow = {
  typeCode: '1',
  template: 'EBL01',
  series: '26T',
  firstNumber: 1,
  lastNumber: 250,
  used: 250,
  amountVnd: 7_000_000,
};

describe('BC26/BLĐT as XML', () => {
  it('has the elements that the tax authority’s viewer reads, with nothing between them', () => {
    const head = {
      quarter: quarterSchema.parse('2026-Q2'),
      collector: 'Văn phòng Đăng ký đất đai & nhà ở',
      taxCode: registryOffice,
      madeOn: businessDateSchema.parse('2026-07-10'),
    };
    expect(renderUsageXml(head, [row])).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><BCTHSDBLai><DLBCTHSDBLai Id="data"><TTChung><PBan>1.0</PBan>' +
        '<MSo>BC26/BLĐT</MSo><Ten>Báo cáo tình hình sử dụng biên lai thu thuế, phí, lệ phí</Ten>' +
        '<LKDLieu>Q</LKDLieu><KDLieu>02/2026</KDLieu><TNNT>Văn phòng Đăng ký đất đai &amp; nhà ở</TNNT>' +
        '<MST>5709990011</MST><NLap>2026-07-10</NLap></TTChung><NDBCTHSDBLai><DLieu><TLoai>1</TLoai>' +
        '<KHMCTu>EBL01</KHMCTu><KHCTu>26T</KHCTu><SLuong>250</SLuong><TgTien>7000000</TgTien></DLieu>' +
        '</NDBCTHSDBLai></DLBCTHSDBLai></BCTHSDBLai>',
    );
  });
});

function aNotice(change: object = {}) {
  return errorNoticeSchema.parse({
    taxOffice: { code: '22700', name: 'Thuế tỉnh Quảng Ninh' },
    collector: { name: 'Văn phòng Đăng ký đất đai tỉnh Quảng Ninh', taxCode: registryOffice },
    place: 'Quảng Ninh',
    madeOn: '2026-11-22',
    receipts: [
      { template: 'EBL01', series: '26TAA', number: 123, issuedOn: '2026-11-20', reason: 'Sai tên <người nộp>' },
      { template: '01BLP0-001', series: 'AA-24E', number: 7, issuedOn: '2024-05-02', reason: 'Sai địa chỉ' },
      { template: 'EBL02', series: '25T', number: 9, issuedOn: '2025-07-02', reason: 'Sai số tiền bằng chữ' },
    ],
    ...change,
  });
}

describe('notice 04/SS-CTĐT as XML', () => {
  it('names each receipt, its kind by the template, and why', () => {
    const xml = renderErrorNoticeXml(aNotice());
    expect(xml).toContain(
      '<TBao><DLTBao Id="data"><PBan>1.0</PBan><MSo>04/SS-CTĐT</MSo><Ten>Thông báo chứng từ điện tử đã lập sai</Ten>' +
        '<Loai>1</Loai><MCQT>22700</MCQT><TCQT>Thuế tỉnh Quảng Ninh</TCQT>',
    );
    expect(xml).toContain(
      '<DSCTu><CTu><STT>1</STT><KHMSCTu>EBL01</KHMSCTu><KHCTu>26TAA</KHCTu><SCTu>123</SCTu><NLap>2026-11-20</NLap>' +
        '<LCTDT>3</LCTDT><LDo>Sai tên &lt;người nộp&gt;</LDo></CTu>',
    );
    expect([...xml.matchAll(/<LCTDT>(.)/g)].map(([, code]) => code)).toEqual(['3', '6', '4']);
  });

  it('explains by the number and date of the notice that it answers', () => {
    const answersTo = { number: 'TB-17', date: '2026-11-21' };
    expect(renderErrorNoticeXml(aNotice({ answersTo }))).toContain(
      '<Loai>2</Loai><So>TB-17</So><NTBCCQT>2026-11-21</NTBCCQT>',
    );
  });

  it.each([{ receipts: [] }, { taxOffice: { code: '1', name: 'x' } }])('refuses %j', (change) => {
    expect(() => aNotice(change)).toThrow();
  });
});
