import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import type { CsvSeparator } from '#shared/rendering/reports/csv.ts';
import { CsvWriter } from '#shared/rendering/reports/csv-writer.ts';
import type { ByteSink, ReportTable, ReportWriter } from '#shared/rendering/reports/report-table.ts';
import { XlsxWriter } from '#shared/rendering/reports/xlsx-writer.ts';

/** The files of one report. They get their names only when all of them are whole. */
export interface ReportFiles {
  open(path: string): Promise<ByteSink>;
  /** @returns the names of the files that now exist */
  keep(): Promise<readonly string[]>;
  /** Leaves nothing of an unfinished report, and what was there before. */
  discard(): Promise<void>;
}

export function makeReportFiles(): ReportFiles {
  const files: { readonly path: string; readonly handle: FileHandle }[] = [];
  const close = () => Promise.all(files.map(({ handle }) => handle.close()));
  return {
    async open(path) {
      const handle = await open(unfinished(path), 'w');
      files.push({ path, handle });
      return (bytes) => handle.writeFile(bytes);
    },
    async keep() {
      await close();
      for (const { path } of files) await rename(unfinished(path), path);
      return files.map(({ path }) => path);
    },
    async discard() {
      await close();
      await Promise.all(files.map(({ path }) => rm(unfinished(path), { force: true })));
    },
  };
}

const unfinished = (path: string): string => `${path}.partial`;

/** A workbook of several sheets, or a CSV file for each table: `bang-ke.csv`, `bang-ke-tong-hop.csv` … */
export async function openReport(
  tables: readonly ReportTable[],
  {
    out,
    format,
    separator,
  }: { readonly out: string; readonly format: 'xlsx' | 'csv'; readonly separator: CsvSeparator },
  files: ReportFiles,
): Promise<ReportWriter> {
  if (format === 'xlsx') return new XlsxWriter(tables, await files.open(out));
  return new CsvWriter(tables, ({ fileEnding }) => files.open(pathOf(out, fileEnding)), separator);
}

function pathOf(out: string, fileEnding: string): string {
  if (fileEnding === '') return out;
  const extension = extname(out);
  return `${out.slice(0, out.length - extension.length)}-${fileEnding}${extension}`;
}
