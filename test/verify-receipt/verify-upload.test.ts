import { describe, expect, it } from '@jest/globals';
import { verifyUpload } from '#functions/verify-receipt/verify-upload.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';

const name = 'Nguyễn Thị Ánh Tuyết';
const file = new TextEncoder().encode(`<BLai>${name}</BLai>`);

function verifying(isGenuine: boolean) {
  const lines: string[] = [];
  const logNews: LogNews = (code, facts) => void lines.push(`${code} ${JSON.stringify(facts)}`);
  const verify = async () => ({
    kind: 'xml' as const,
    isGenuine,
    sha256: 'ab'.repeat(32),
    checks: [
      { code: 'V1', title: 'Đúng dạng', outcome: 'passed' as const },
      { code: 'V4', title: 'Không sửa', outcome: isGenuine ? ('passed' as const) : ('failed' as const), says: name },
    ],
    facts: {
      template: 'EBL01',
      series: '26TAA',
      number: 1,
      issuedOn: '2026-11-22',
      collector: { name: 'Văn phòng', taxCode: '5709990011' },
      payer: { name, address: 'Số 9 ngõ Kín' },
      totalVnd: 28_000,
    },
    signer: undefined,
  });
  return { lines, needs: { verify, logNews } };
}

describe('an upload', () => {
  it.each([true, false])('leaves nothing in the log but codes and counts (genuine: %s)', async (isGenuine) => {
    const { lines, needs } = verifying(isGenuine);

    await verifyUpload('application/xml', file, needs);
    await verifyUpload(`image/${name}`, file, needs);

    const failed = isGenuine ? '' : ',"failed":"V4"';
    expect(lines).toEqual([
      `UPLOAD_VERIFIED {"kind":"xml","bytes":${file.length},"isGenuine":${isGenuine}${failed}}`,
      `UPLOAD_REFUSED {"why":"unknown-upload","bytes":${file.length}}`,
    ]);
  });

  it('that is not genuine is not told what it says', async () => {
    expect(await verifyUpload('application/xml', file, verifying(false).needs)).toMatchObject({
      verification: { isGenuine: false },
    });
    expect(await verifyUpload('application/xml', file, verifying(false).needs)).not.toHaveProperty(
      'verification.receipt',
    );
  });
});
