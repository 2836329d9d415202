import { parseArgs } from 'node:util';
import { loadSeries } from '#config/series.ts';
import { stageSchema } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import {
  checkRestore,
  differs,
  isLeftToPeople,
  type RestoreCheckNeeds,
} from '#functions/restore-check/check-restore.ts';
import { makeArchiveList } from '#shared/adapters/archive-list.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeRestoreLedger } from '#shared/adapters/restore-ledger.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { makeReceiptRecovery } from '#shared/signing/recover-receipt.ts';
import { openReceiptsBucket } from './desk-bucket.ts';
import { openDeskTable } from './desk-table.ts';
import { restoreAsText } from './restore-texts.ts';
import { readTrust } from './trusted-authorities.ts';

const help = `npm run restore-check [-- --apply] [--trust ca.pem]...

Sau khi phục hồi bảng: so sổ với kho biên lai (kho không lùi lại), nâng số tiếp theo của mỗi ký hiệu lên trên số đã lưu,
và dựng lại dòng biên lai bị mất từ XML đã ký. Dừng cấp biên lai trước khi chạy.
(After a restore: compares the ledger with the archive, raises each series above what the archive holds, and rebuilds
lost receipt rows from the signed XML. Stop the issuing of receipts first.)

  --apply  ghi; không có thì chỉ xem (write; without it nothing is written). Chạy lại bao nhiêu lần cũng được.
  --trust  chứng thư gốc PEM để tin cậy, thay cho cấu hình (authorities to believe instead of the configured ones)

Mã thoát (exit code): 0 sổ khớp kho, hoặc --apply đã sửa hết; 1 có khác biệt; 2 không kiểm tra được.
Sổ và kho: TABLE_NAME, RECEIPTS_BUCKET và AWS_REGION, hoặc ngăn xếp của \`npm start\` (cùng PORT). STAGE: dev hay prod.`;

async function run(apply: boolean, trustFiles: readonly string[]): Promise<number> {
  const reports = await checkRestore(apply, await openNeeds(trustFiles));
  process.stdout.write(`${restoreAsText(reports, apply)}\n`);
  return reports.some(apply ? isLeftToPeople : differs) ? 1 : 0;
}

async function openNeeds(trustFiles: readonly string[]): Promise<RestoreCheckNeeds> {
  const stage = stageSchema.parse(process.env['STAGE'] ?? 'dev');
  const bucket = await openReceiptsBucket();
  const clock = systemClock;
  return {
    archive: makeArchiveList(bucket),
    ledger: makeRestoreLedger(await openDeskTable()),
    recovery: makeReceiptRecovery({
      archive: makeReceiptArchive({ bucket, retention: retentions[stage], clock }),
      trust: readTrust(stage, trustFiles),
      units: loadUnits(stage),
      clock,
    }),
    declaredSeries: loadSeries(stage),
    pauseBeforeTry,
    tellProgress: tellEvery(1_000),
  };
}

/** A line now and then, so that whoever waits for hundred thousands of receipts sees that it goes on. */
function tellEvery(step: number): (numbers: number) => void {
  let seen = 0;
  return (numbers) => {
    const before = Math.floor(seen / step);
    seen += numbers;
    if (Math.floor(seen / step) > before) process.stderr.write(`Đã xem ${seen} số (numbers looked at)…\n`);
  };
}

try {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      apply: { type: 'boolean', default: false },
      trust: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) process.stdout.write(`${help}\n`);
  else process.exitCode = await run(values.apply, values.trust);
} catch (fault) {
  process.stderr.write(
    `Không kiểm tra được (cannot check): ${fault instanceof Error ? fault.message : String(fault)}\nnpm run restore-check -- --help\n`,
  );
  process.exitCode = 2;
}
