import type { ReportDocument } from '#schemas/report-document.ts';
import { isWhole } from '#shared/domain/series-proof.ts';
import { asJson, asRefusal, type StaffAnswer } from '#shared/domain/staff-route.ts';
import type { CsvSeparator } from '#shared/rendering/reports/csv.ts';
import { CsvWriter } from '#shared/rendering/reports/csv-writer.ts';
import { JsonWriter } from '#shared/rendering/reports/json-writer.ts';
import { statementOf } from '#shared/rendering/reports/proof-texts.ts';
import type { ByteSink } from '#shared/rendering/reports/report-table.ts';
import { XlsxWriter } from '#shared/rendering/reports/xlsx-writer.ts';
import type { OpenReport } from './make-reports.ts';
import type { SeriesFinding } from './walk-organisation.ts';

export interface DownloadOrder {
  readonly format: 'json' | 'csv' | 'xlsx';
  /** Of CSV: Excel takes the one or the other, by the region of the computer. */
  readonly separator: CsvSeparator;
  /** Of CSV, which holds one table: the ending of its file's name. The main table has none. */
  readonly table: string;
  /** Of the file, without its extension. */
  readonly name: string;
}

/** A function answers at most 6 MB, and a file goes out a third longer than it is. */
const mostBytes = 4_400_000;

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml; charset=utf-8',
} as const;

/** Makes a report and answers with it whole. */
export async function downloadReport(
  { format, separator, table, name }: DownloadOrder,
  make: (open: OpenReport) => Promise<readonly SeriesFinding[]>,
): Promise<StaffAnswer> {
  if (format === 'json') {
    let writer = new JsonWriter([]);
    const series = await make(async (tables) => (writer = new JsonWriter(tables)));
    const document = { tables: [...writer.tables], series: series.map(showSeries) } satisfies ReportDocument;
    return JSON.stringify(document).length > mostBytes ? tooLarge : asJson(document);
  }
  const chunks: Uint8Array[] = [];
  const keep: ByteSink = async (bytes) => void chunks.push(bytes);
  await make(async (tables) => {
    if (format === 'xlsx') return new XlsxWriter(tables, keep);
    return new CsvWriter(tables, async ({ fileEnding }) => (fileEnding === table ? keep : drop), separator);
  });
  const ending = format === 'csv' && table !== '' ? `-${table}` : '';
  return downloadFile(`${name}${ending}`, format, Buffer.concat(chunks));
}

export function downloadFile(name: string, format: keyof typeof contentTypes, bytes: Uint8Array): StaffAnswer {
  if (bytes.byteLength > mostBytes) return tooLarge;
  return { kind: 'file', name: `${name}.${format}`, contentType: contentTypes[format], bytes };
}

const drop: ByteSink = async () => undefined;

const tooLarge = asRefusal(
  {
    code: 'report-too-large',
    explanation:
      'Báo cáo dài quá mức một lần tải. Hãy chọn kỳ ngắn hơn, từng ký hiệu, hay tệp XLSX thay cho JSON. (The report is too large for one answer: choose fewer days, one series, or XLSX.)',
  },
  [],
);

function showSeries({ proof }: SeriesFinding) {
  return { ...proof.series, isWhole: isWhole(proof), statement: statementOf(proof) };
}
