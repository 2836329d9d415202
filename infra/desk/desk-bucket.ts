import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { localAccount } from '#infra/local/local-account.ts';
import { portsFrom, readPortBase } from '#infra/local/ports.ts';
import { type Bucket, makeBucket } from '#shared/adapters/bucket.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The archive of receipts that a command of the desk works on: with `RECEIPTS_BUCKET` the one in AWS, without it the one
 * of `npm start`, found by the same `PORT`. Table and bucket must be of one place, so one variable alone is refused.
 * @throws Error in sentences that say what to start or to set
 */
export async function openReceiptsBucket(environment: Variables = process.env): Promise<Bucket> {
  const { RECEIPTS_BUCKET: name = '', TABLE_NAME: table = '' } = environment;
  if ((name === '') !== (table === '')) {
    throw new Error(
      'Đặt cả TABLE_NAME và RECEIPTS_BUCKET, hoặc không đặt biến nào. (Set both TABLE_NAME and RECEIPTS_BUCKET, or neither: ' +
        'a ledger must be compared with its own archive.)',
    );
  }
  if (name !== '') return makeBucket(name);
  const { fauxqs } = portsFrom(readPortBase(environment['PORT']));
  const { region, credentials } = localAccount;
  const bucket = makeBucket('', { region, credentials, endpoint: `http://localhost:${fauxqs}`, forcePathStyle: true });
  return { ...bucket, name: await findLocalBucket(bucket, fauxqs) };
}

async function findLocalBucket({ client }: Bucket, port: number): Promise<string> {
  const { Buckets: buckets = [] } = await client.send(new ListBucketsCommand({})).catch((cause: unknown) => {
    throw new Error(
      `Không có kho biên lai cục bộ ở cổng ${port}. Hãy chạy \`npm start\` (cùng PORT). ` +
        `(No archive answers at port ${port}: run npm start with the same PORT.)`,
      { cause },
    );
  });
  const [name, ...others] = buckets.flatMap(({ Name }) => (Name?.startsWith('receipts') ? [Name] : []));
  if (name !== undefined && others.length === 0) return name;
  throw new Error(
    `Cổng ${port} không có đúng một kho biên lai (port ${port} must hold exactly one bucket of receipts).`,
  );
}
