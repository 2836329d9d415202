import * as z from 'zod/mini';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { instantSchema, paymentIdSchema } from '#schemas/ids.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import type { ReceiptArchive, ReceiptLedger } from '#shared/domain/ports.ts';
import { issueReceipts } from '#shared/processes/issue-receipts.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { makeRealSigning } from './real-signing.ts';

/**
 * A process of its own that issues receipts with the real parts, to be killed. It says `signing`, `archiving xml`,
 * `archiving pdf` and `recording` on standard output before it does so; with HOLD set to one of the words it stays there
 * for ever.
 */
const [paymentIds = ''] = process.argv.slice(2);
const { TABLE_NAME = '', DYNAMODB_ENDPOINT = '', RECEIPTS_BUCKET = '', S3_ENDPOINT = '', HOLD = '' } = process.env;
const { region, credentials } = localAccount;
const clock = () => instantSchema.parse('2026-11-23T02:15:32.000Z');

async function tell(word: string): Promise<void> {
  await new Promise<void>((written) => void process.stdout.write(`${word}\n`, () => written()));
  if (word === HOLD) await new Promise((resume) => setTimeout(resume, 600_000));
}

const ledger = makeReceiptLedger({
  client: makeDocumentClient({ region, credentials, endpoint: DYNAMODB_ENDPOINT }),
  name: TABLE_NAME,
});
const archive = makeReceiptArchive({
  bucket: makeBucket(RECEIPTS_BUCKET, { region, credentials, endpoint: S3_ENDPOINT }),
  retention: retentions.dev,
  clock,
});
const tellingArchive: ReceiptArchive = {
  ...archive,
  store: async (...args) => {
    await tell(`archiving ${args[0].slice(-3)}`);
    return archive.store(...args);
  },
};
const tellingLedger: ReceiptLedger = {
  ...ledger,
  recordSigned: async (...args) => {
    await tell('recording');
    return ledger.recordSigned(...args);
  },
};
const { documents, ...signing } = makeRealSigning(clock);

await issueReceipts(z.array(paymentIdSchema).parse(paymentIds.split(',')), {
  ledger: tellingLedger,
  archive: tellingArchive,
  ...signing,
  documents: {
    ...documents,
    signXml: async (...args) => {
      await tell('signing');
      return documents.signXml(...args);
    },
  },
  units: loadUnits('dev'),
  declaredSeries: loadSeries('dev'),
  drawLookupCode,
  lookupUrlOf: (code) => `https://edge.example.vn/r/${code}`,
  clock,
  pauseBeforeTry,
  logNews: () => undefined,
});
