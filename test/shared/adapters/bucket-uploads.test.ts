import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { localAccount } from '#infra/local/local-account.ts';
import { fileDigestSchema } from '#schemas/reconciliation.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeBucketUploads } from '#shared/adapters/bucket-uploads.ts';

const content = 'HDR|VNPAY|2026-11-22\n';
const sha256 = createHash('sha256').update(content);
const file = {
  key: 'vnpay/ttpvhcc/2026-11-22/sao kê (1).csv',
  bytes: content.length,
  sha256: fileDigestSchema.parse(sha256.copy().digest('hex')),
};
const uploads = makeBucketUploads(
  makeBucket('statements', { ...localAccount, forcePathStyle: true, endpoint: 'http://127.0.0.1:4402' }),
);

describe('the address of a statement that is about to come', () => {
  it('is good for minutes, for this name, this size and these bytes alone', async () => {
    const { url, headers } = await uploads.placeFor(file, 300);
    const { pathname, searchParams } = new URL(url);

    expect(decodeURIComponent(pathname)).toBe(`/statements/${file.key}`);
    expect(searchParams.get('X-Amz-Expires')).toBe('300');
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;x-amz-checksum-sha256');
    expect(headers).toEqual({
      'content-type': 'application/octet-stream',
      'x-amz-checksum-sha256': sha256.digest('base64'),
    });
    // What stands in the address alone is not compared with what is sent.
    expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
  });
});
