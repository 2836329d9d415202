import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadReceiptFonts, type ReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceipt, UnprintableReceipt } from '#shared/rendering/render-receipt.ts';
import {
  faultsOfPdf,
  fontsOfPdf,
  infoOfPdf,
  pdfToolsArePresent,
  qrCodesOfPdf,
  textOfPages,
  textOfPdf,
  wordBoxesOfPdf,
} from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

let fonts: ReceiptFonts;
beforeAll(() => {
  fonts = loadReceiptFonts();
});

const render = (...content: Parameters<typeof aReceiptContent>) => renderReceipt(aReceiptContent(...content), fonts);

/** As long as the contracts allow, with words that no line can hold. */
const longest = {
  collector: {
    unitCode: 'vpdkdd',
    name: 'Văn phòng Đăng ký đất đai tỉnh Quảng Ninh, chi nhánh khu vực '.repeat(7).slice(0, 400),
    taxCode: '5709990011-001',
    address: 'Số 1 đường Thử Nghiệm, phường Hồng Gai, '.repeat(10).slice(0, 400),
    phone: '0203 000 0011 máy 22',
    account: '9'.repeat(40),
    bank: 'Ngân hàng Thử Nghiệm, '.repeat(19).slice(0, 400),
  },
  payer: { name: 'Ẵ'.repeat(400), address: 'Tổ 5, khu 2, '.repeat(31).slice(0, 400), taxCode: '012345678901' },
  dossierCode: '000.00.01.H49-220630-123456',
  procedureCode: '2.000815.000.00.00.H49.02',
  transactionId: 'W'.repeat(100),
  lookupUrl: `https://bienlai.example.vn/${'tra-cuu/'.repeat(16)}7KQ2M9XWPD4T`,
};

const manyLines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `Khoản thu thứ ${index + 1}: phí khai thác và sử dụng tài liệu đất đai, hồ sơ địa chính`,
    unit: 'hồ sơ, tài liệu',
    quantity: index + 1,
    unitPriceVnd: 12_500,
    amountVnd: (index + 1) * 12_500,
  }));

describe('the same content', () => {
  it('gives the same bytes, whatever was rendered between and whichever fonts object is used', async () => {
    const first = await render();
    await render(longest, manyLines(3));
    expect(Buffer.compare(await render(), first)).toBe(0);
    const fresh = await renderReceipt(aReceiptContent(), loadReceiptFonts());
    expect(Buffer.compare(fresh, first)).toBe(0);
  });

  it('gives the same bytes when many are rendered at once', async () => {
    const alone = await Promise.all([render({ number: 1 }), render({ number: 2 })]);
    const together = await Promise.all(Array.from({ length: 20 }, (_, index) => render({ number: (index % 2) + 1 })));
    for (const [index, pdf] of together.entries()) expect(Buffer.compare(pdf, alone[index % 2] ?? pdf)).toBe(0);
  });

  it('gives other bytes when any fact differs', async () => {
    expect(Buffer.compare(await render({ number: 124 }), await render())).not.toBe(0);
  });
});

describe('what cannot be printed', () => {
  it.each([
    [
      { payer: { name: 'Nguyễn ☃' } },
      /26TAA 123 cannot be printed: the font has no glyph for "☃" \(U\+2603\) in payer\.name/,
    ],
    [{ payer: { name: 'An', address: 'Phố 鴻基' } }, /"鴻" \(U\+9D3B\) in payer\.address/],
    [{ payer: { name: 'An 😀' } }, /\(U\+1F600\) in payer\.name/],
    [{ transactionId: 'А1' }, /\(U\+0410\) in transactionId/],
  ])('is refused by name: %j', async (change, why) => {
    await expect(render(change)).rejects.toThrow(UnprintableReceipt);
    await expect(render(change)).rejects.toThrow(why);
  });

  it('is refused in a fee line, naming the line', async () => {
    await expect(render({}, [{}, { name: 'Phí №1' }])).rejects.toThrow(/"№" \(U\+2116\) in lines\[1\]\.name/);
  });

  it('does not put the name into the message', async () => {
    await expect(render({ payer: { name: 'Trần Bí Mật ☃' } })).rejects.not.toThrow(/Bí Mật/);
  });
});

const withTools = pdfToolsArePresent() ? describe : describe.skip;

withTools('a receipt of one fee', () => {
  let pdf: Uint8Array;
  let text: string;
  beforeAll(async () => {
    pdf = await render({
      payer: { name: 'Nguyễn Thị Ánh Tuyết', taxCode: '012345678901', address: 'Phường Hồng Gai' },
    });
    text = textOfPdf(pdf);
  });

  it('says everything that the law demands, in the order of the reference form, in composed letters', () => {
    expect(text).toBe(text.normalize('NFC'));
    const parts = [
      'BIÊN LAI THU PHÍ, LỆ PHÍ ĐIỆN TỬ',
      'Mẫu số: EBL01 Ký hiệu: 26TAA Số: 00000123',
      'Ngày 22 tháng 11 năm 2026',
      'Tên tổ chức thu: Văn phòng Đăng ký đất đai tỉnh Quảng Ninh',
      'Mã số thuế: 5709990011',
      'Địa chỉ: Số 1 đường Thử Nghiệm, phường Hồng Gai, tỉnh Quảng Ninh',
      'Điện thoại: 0203 000 0011',
      'Số tài khoản: 9990 0000 0011 – Ngân hàng Thử Nghiệm, chi nhánh Quảng Ninh',
      'Tên người nộp: Nguyễn Thị Ánh Tuyết',
      'Mã số thuế: 012345678901',
      'Địa chỉ: Phường Hồng Gai',
      'STT Tên khoản thu ĐVT SL Đơn giá Thành tiền',
      '1 Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường) lần 1 28.000 đ 28.000 đ',
      'Cộng 28.000 đ',
      'Số tiền: 28.000 đ',
      'Số tiền viết bằng chữ: Hai mươi tám nghìn đồng',
      'Hình thức thanh toán: Thanh toán trực tuyến',
      'Mã hồ sơ: H49.14-261122-0001',
      'Mã thủ tục hành chính: 1.013831',
      'Mã thanh toán: 48620391751101',
      'Mã giao dịch cổng: 14422574 (VNPAY)',
      'Thời gian thanh toán: 09:15:30 ngày 22/11/2026 (giờ Việt Nam)',
      'Mã tra cứu: 7KQ2M9XWPD4T',
      'TỔ CHỨC THU (chữ ký số) Chưa ký số',
      'Biên lai EBL01 · 26TAA · 00000123 Trang 1/1',
    ];
    expect(text.split(new RegExp(parts.map(escapePattern).join('|'), 'g'))).toHaveLength(parts.length + 1);
    expect(text).toMatch(new RegExp(parts.map(escapePattern).join('.*')));
  });

  it('carries the look-up address in a QR code that reads', () => {
    expect(qrCodesOfPdf(pdf)).toEqual(['https://bienlai.example.vn/tra-cuu/7KQ2M9XWPD4T']);
  });

  it('is a sound file with its two fonts embedded', () => {
    expect(faultsOfPdf(pdf)).toBe('');
    const names = fontsOfPdf(pdf)
      .map((font) => font.replace(/^.*BeVietnamPro/, 'BeVietnamPro'))
      .sort();
    expect(names).toEqual(['BeVietnamPro-Bold: embedded', 'BeVietnamPro-Regular: embedded']);
  });

  it('has a title, a language, the signing time as its only time, and no payer among its metadata', () => {
    const info = infoOfPdf(pdf);
    expect(info).toMatch(/Title: +Biên lai EBL01 · 26TAA · 00000123\n/);
    expect(info).toMatch(/Page size: +419\.53 x 595\.28 pts \(A5\)|Page size: +419\.53 x 595\.28 pts/);
    expect(info).not.toContain('Nguyễn');
    const source = Buffer.from(pdf).toString('latin1');
    expect(source).toContain('/Lang (vi-VN)');
    expect(source.match(/D:\d{14}Z/g)).toEqual(['D:20261122021541Z']);
  });
});

withTools('a receipt with little known', () => {
  it('leaves out what is not there instead of printing empty labels', async () => {
    const collector = { unitCode: 'vpdkdd', name: 'Sở A', taxCode: '5709990011', address: 'Hồng Gai' };
    const text = textOfPdf(await render({ collector, payer: { name: 'An' }, transactionId: null, gateway: 'momo' }));
    expect(text).toContain('Cổng thanh toán: MOMO');
    for (const label of ['Điện thoại', 'Số tài khoản', 'Mã giao dịch']) expect(text).not.toContain(label);
    expect(text).toContain('Tên người nộp: An STT');
  });

  it('prints the number as its profile writes it', async () => {
    const text = textOfPdf(await render({ profile: 'P2', series: '25T', issuedOn: '2025-12-01' }));
    expect(text).toContain('Ký hiệu: 25T Số: 0000123');
  });
});

withTools('a receipt of many fees', () => {
  it.each([2, 25, 40, 100])(
    'with %d lines prints each once, the head on each page of them, and page numbers',
    async (count) => {
      const pdf = await render({}, manyLines(count));
      const pages = textOfPages(pdf);
      const text = pages.join(' ');
      for (let line = 1; line <= count; line += 1) {
        expect(text.split(`${line} Khoản thu thứ ${line}: phí khai thác`)).toHaveLength(2);
      }
      for (const [index, page] of pages.entries()) {
        expect(page).toMatch(new RegExp(`Trang ${index + 1}/${pages.length}$`));
        if (page.includes('Khoản thu thứ')) expect(page).toContain('STT Tên khoản thu ĐVT SL Đơn giá Thành tiền');
      }
      expect(faultsOfPdf(pdf)).toBe('');
      expect(qrCodesOfPdf(pdf)).toHaveLength(1);
    },
  );
});

withTools('the longest receipt that the contracts allow', () => {
  it('loses no letter and stays on the paper', async () => {
    const lines = [
      { name: 'Ỵ'.repeat(500), unit: 'Đ'.repeat(100), unitPriceVnd: 999_999_999_999, amountVnd: 499_999_999_999 },
      {
        name: 'Phí Ỹ '.repeat(83),
        unit: 'lần/người; từ phiếu thứ 3 thêm 5.000 đ/phiếu',
        quantity: 9_999,
        amountVnd: 499_999_999_999,
      },
    ];
    const pdf = await render(longest, lines);
    const letters = textOfPdf(pdf).replaceAll(' ', '');
    const texts = [longest.payer.name, longest.transactionId, lines[1]?.name ?? '', longest.collector.bank];
    const expected = [...texts, '999.999.999.999đ', '499.999.999.999đ'].map((text) => text.replaceAll(' ', ''));
    expect(expected.filter((text) => !letters.includes(text))).toEqual([]);
    expect(letters.match(/Ỵ/g)).toHaveLength(500);
    for (const box of wordBoxesOfPdf(pdf)) {
      expect(box.xMin).toBeGreaterThanOrEqual(31);
      expect(box.xMax).toBeLessThanOrEqual(419.53 - 31);
      expect(box.yMax).toBeLessThanOrEqual(595.28 - 12);
    }
    expect(faultsOfPdf(pdf)).toBe('');
    expect(qrCodesOfPdf(pdf)).toEqual([longest.lookupUrl]);
  });
});

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
