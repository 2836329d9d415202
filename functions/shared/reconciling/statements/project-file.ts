import { join } from 'node:path';
import type { BusinessDate } from '#schemas/ids.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import { formatDay, formatVnd } from '#shared/domain/vietnamese-format.ts';
import { quoted } from '../engine.ts';
import { fileFault, shown } from './fault-list.ts';
import { projectRoles } from './reading-plan.ts';
import { RowScanner } from './row-scanner.ts';
import { RowsFile } from './rows-file.ts';
import type { RowSource } from './statement-sql.ts';
import { digestsOfNormalLines, type FileSurvey } from './survey-file.ts';
import type { RowTotals } from './take-rows.ts';
import { readLineBlocks } from './text-blocks.ts';

/** First line of the project layout, `HDR|MaDoiTac|yyyyMMdd|count|total` (receipt rules §10.2). */
export interface ProjectHeader {
  readonly partner: string;
  readonly day: string;
  readonly count: number;
  readonly total: number;
}

/** @returns nothing for another kind of file; the fault where the line begins right and goes on wrong */
export async function readProjectHeader(path: string): Promise<ProjectHeader | StatementFault | undefined> {
  for await (const block of readLineBlocks(path)) {
    const [line = ''] = block
      .toString('utf8', 0, 1024)
      .replace(/^\uFEFF/, '')
      .split(/[\r\n]/);
    if (!line.startsWith('HDR|')) return undefined;
    const [, partner, day, count, total] =
      /^HDR\|([^|]+)\|(\d{8})\|(\d{1,9})\|(-?\d{1,15})(?:\.0{1,2})?\|?$/.exec(line.trim()) ?? [];
    if (partner !== undefined && day !== undefined)
      return { partner: partner.trim(), day, count: Number(count), total: Number(total) };
    return {
      line: 1,
      code: 'layout',
      says:
        `Dòng đầu ${shown(line)} không đúng mẫu HDR|MaDoiTac|yyyyMMdd|số dòng|tổng tiền. Hãy xin bên gửi xuất ` +
        'lại tệp.',
    };
  }
  return undefined;
}

export interface ProjectFile {
  readonly path: string;
  readonly survey: FileSurvey;
}

const fields = [...projectRoles, 'excess'];
/** Rows enough for a piece of DuckDB's tables, and pieces enough for every thread. */
const bufferBytes = 16_000_000;

/** The rows as DuckDB reads them from the file itself; nothing where its lines could not be told. */
export function directProjectSource({ path, survey }: ProjectFile): RowSource | undefined {
  if (survey.hasEmptyLines) return undefined;
  const columns = fields.map((role, index) => `c${index} AS ${role}`);
  const types = fields.map((_, index) => `c${index}: 'VARCHAR'`);
  const relation =
    `(SELECT ${columns.join(', ')}, c0 AS lead FROM read_csv(${quoted(path)}, delim = '|', quote = '', escape = '', ` +
    `nullstr = '\u0001', header = false, skip = 1, auto_detect = false, null_padding = true, ` +
    `buffer_size = ${bufferBytes}, columns = {${types.join(', ')}}))`;
  return { relation, roles: new Set(fields), firstLine: 2, traits: survey };
}

export async function carefulProjectSource({ path }: ProjectFile, scratch: string): Promise<RowSource> {
  const rows = new RowsFile(join(scratch, 'rows.txt'), fields);
  const scanner = new RowScanner('|', { quotes: false });
  for await (const block of readLineBlocks(path)) {
    for (const { line, cells } of scanner.scan(block.toString('utf8'))) {
      if (line === 1) continue;
      const known = projectRoles.map((_, index) => cells[index]);
      rows.add(line, cells[0] ?? '', [...known, cells.slice(projectRoles.length).join('|')]);
    }
    await rows.flush();
  }
  return rows.close();
}

/** What the first and the last line say against what is there. */
export async function faultsOfFrame(
  file: ProjectFile,
  header: ProjectHeader,
  totals: RowTotals,
  day: BusinessDate,
): Promise<readonly StatementFault[]> {
  const faults: StatementFault[] = [];
  if (header.day !== day.replaceAll('-', '')) faults.push(otherDay(header.day, day));
  const found = totals.rows + totals.faulty;
  const trailer = await faultOfTrailer(file, totals);
  if (trailer !== undefined) faults.push(trailer);
  if (header.count !== found) {
    const says =
      `Dòng đầu ghi ${header.count} giao dịch, tệp có ${found}: thiếu dòng khi truyền hoặc khi xuất? Hãy ` +
      'xin bên gửi xuất lại tệp.';
    faults.push({ line: 1, code: 'wrong-count', says });
  }
  // Senders differ in whether transactions that did not succeed count.
  const isTotal = header.total === totals.successSumVnd || header.total === totals.sumVnd;
  if (totals.faulty === 0 && !isTotal) {
    const says =
      `Dòng đầu ghi tổng ${formatVnd(header.total)}, các giao dịch thành công cộng lại là ` +
      `${formatVnd(totals.successSumVnd)}. Hãy xin bên gửi xuất lại tệp.`;
    faults.push({ line: 1, code: 'wrong-total', says });
  }
  return faults;
}

async function faultOfTrailer({ path, survey }: ProjectFile, totals: RowTotals): Promise<StatementFault | undefined> {
  const digest = /^TRL\|([0-9a-f]{64})\|?$/i.exec(survey.lastLine.trim())?.[1]?.toLowerCase();
  if (digest === undefined && !survey.lastLine.startsWith('TRL|')) {
    return fileFault('truncated', 'Tệp không có dòng cuối TRL nên có thể đã bị cắt. Hãy tải lại hoặc xin gửi lại tệp.');
  }
  if (totals.trailers > 1)
    return fileFault('layout', 'Tệp có nhiều dòng TRL: hai tệp bị nối vào nhau? Hãy nộp từng tệp.');
  if (digest === survey.digestBeforeLastLine) return undefined;
  if (digest !== undefined && (await digestsOfNormalLines(path)).includes(digest)) return undefined;
  const says =
    'Mã SHA-256 ở dòng TRL không khớp nội dung: tệp bị sửa hoặc hỏng khi truyền. Hãy xin gửi lại tệp, đừng sửa tay. ' +
    'Mã được tính trên mọi byte trước dòng TRL, kể cả ký tự xuống dòng.';
  return { line: totals.lastLine, code: 'wrong-digest', says };
}

function otherDay(headerDay: string, day: BusinessDate): StatementFault {
  const theirs = headerDay.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return {
    line: 1,
    code: 'wrong-day',
    says: `Tệp của ngày ${formatDay(theirs)}, không phải ngày ${formatDay(day)}. Hãy chọn đúng ngày hoặc đúng tệp.`,
  };
}
