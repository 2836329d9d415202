import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { type BankOrder, loadBank } from '#shared/reconciling/statements/bank/load-bank.ts';
import { openStatementBench, type StatementBench, statementDay } from '#test/support/statement-files.ts';

const order: BankOrder = { firstDay: statementDay, lastDay: statementDay, settings: loadStatementLayouts('dev') };
const sample = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/statements/${name}`, import.meta.url)), 'utf8');
const [csv, camt, mt940] = ['bank.csv', 'bank.camt053.xml', 'bank.mt940.txt'].map(sample);
if (csv === undefined || camt === undefined || mt940 === undefined) throw new Error('a sample is missing');

let bench: StatementBench;
beforeAll(async () => {
  bench = await openStatementBench();
});
afterAll(() => bench.close());

async function faultsOf(content: string | Uint8Array, change: Partial<BankOrder> = {}) {
  const loaded = await loadBank(bench.engine, bench.write(content), { ...order, ...change });
  return loaded.kind === 'loaded' ? [] : loaded.faults.map(({ line, code }) => `${line} ${code}`);
}

const bookingSchema = z.object({
  line: z.int(),
  day: z.string(),
  amount: z.int(),
  account: z.string(),
  content: z.string(),
  id: z.string(),
});
const bookings = () =>
  bench.engine.rows(
    bookingSchema,
    'SELECT line, CAST(booked_on AS VARCHAR) AS day, amount, account, content, bank_reference AS id FROM bank ORDER BY line',
  );

describe('the statement of a bank', () => {
  it.each([
    ['a table', csv, [3, 4]],
    ['camt.053', camt, [11, 16]],
    ['MT940', mt940, [6, 9]],
  ])('says the same as %s', async (_, content, lines) => {
    const loaded = await loadBank(bench.engine, bench.write(content), { ...order, accounts: ['999000000022'] });
    expect(loaded).toMatchObject({ kind: 'loaded', rows: 2, creditedVnd: 1_370_000, debitedVnd: 11_000 });
    const common = { day: '2026-11-21', account: '999000000022' };
    expect(await bookings()).toEqual([
      { ...common, line: lines[0], amount: 1_370_000, content: 'VNPAY tra tien ngay 20/11', id: 'FT1' },
      { ...common, line: lines[1], amount: -11_000, content: 'Phi dich vu', id: 'FT2' },
    ]);
  });

  it.each([
    ['a table', csv, ['3 wrong-day', '4 wrong-day']],
    ['camt.053', camt, ['11 wrong-day', '16 wrong-day']],
    ['MT940', mt940, ['6 wrong-day', '9 wrong-day']],
  ])('of another day is refused as %s', async (_, content, faults) => {
    const day = statementDay;
    expect(
      await faultsOf(
        content
          .replaceAll('2026-11-21', '2026-11-22')
          .replaceAll('21/11/2026', '22/11/2026')
          .replaceAll('2611211121', '2611221122'),
        { firstDay: day, lastDay: day },
      ),
    ).toEqual(faults);
  });

  it.each([
    ['a table', csv, ['3 other-partner', '4 other-partner']],
    ['camt.053', camt, ['11 other-partner', '16 other-partner']],
    ['MT940', mt940, ['6 other-partner', '9 other-partner']],
  ])('of another account is refused as %s', async (_, content, faults) => {
    expect(await faultsOf(content, { accounts: ['999000000099'] })).toEqual(faults);
  });

  it('of a gateway is none', async () => {
    expect(await faultsOf(sample('vnpay.csv'))).toEqual(['0 other-partner']);
  });
});

describe('camt.053', () => {
  it.each(['02', '06', '07', '10', '13'])('is read in version %s', async (version) => {
    const old = Number(version) < 8 ? camt.replaceAll('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>') : camt;
    expect(await faultsOf(old.replace('053.001.08', `053.001.${version}`))).toEqual([]);
    expect(await bookings()).toHaveLength(2);
  });

  it('may be UTF-16, with prefixes, and without balances', async () => {
    const prefixed = camt.replace('xmlns=', 'xmlns:c=').replaceAll(/<(\/?)(?=[A-Z])/g, '<$1c:');
    expect(await faultsOf(prefixed)).toEqual([]);
    expect(
      await faultsOf(Buffer.from(`\uFEFF${camt.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`, 'utf16le')),
    ).toEqual([]);
    expect(await faultsOf(camt.replaceAll(/<Bal>.*<\/Bal>/g, ''))).toEqual([]);
  });

  it.each([
    ['a balance that does not come out', camt.replace('1859000.00', '1859001.00'), ['9 wrong-total']],
    ['an entry less than it says', camt.replace('<NbOfNtries>3<', '<NbOfNtries>4<'), ['5 wrong-count']],
    ['another currency', camt.replace('Ccy="VND">11000', 'Ccy="USD">11000'), ['9 wrong-total', '16 bad-amount']],
    ['a fraction of a đồng', camt.replace('>11000<', '>11000.50<'), ['9 wrong-total', '16 bad-amount']],
    ['neither credit nor debit', camt.replace('DBIT', 'XXXX'), ['9 wrong-total', '16 bad-status']],
    ['no day of booking', camt.replace('<BookgDt><Dt>2026-11-21</Dt></BookgDt>', ''), ['11 bad-date']],
    [
      'a DTD with an entity bomb',
      camt.replace('<Document', '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><Document'),
      ['0 unsafe-xml'],
    ],
    [
      'a DTD from elsewhere',
      camt.replace('<Document', '<!DOCTYPE d SYSTEM "http://localhost/d.dtd"><Document'),
      ['0 unsafe-xml'],
    ],
    ['its end cut off', camt.slice(0, -200), ['0 layout']],
    ['a version of tomorrow', camt.replace('053.001.08', '053.001.99'), ['0 layout']],
    ['another message', camt.replace('camt.053.001.08', 'camt.054.001.08'), ['0 layout']],
    ['no statement in it', camt.replaceAll(/<Stmt>[^]*<\/Stmt>/g, ''), ['0 empty']],
    [
      'more than its parser should hold',
      camt.replace('</Document>', `<!--${' '.repeat(25 * 1024 * 1024)}--></Document>`),
      ['0 too-large'],
    ],
    [
      'a booking twice',
      camt
        .replace(/<Ntry>[^]*?<\/Ntry>/, '$&\n$&')
        .replace('>3<', '>4<')
        .replace('1859000', '3229000'),
      ['16 repeated-row'],
    ],
  ])('is refused with %s', async (_, content, faults) => {
    expect(await faultsOf(content)).toEqual(faults);
  });
});

describe('MT940', () => {
  it('takes reversals as the opposite, and the year of a booking at New Year from its neighbour', async () => {
    const content = mt940
      .replace(':61:2611211121C1370000,00', ':61:2601011231RD1370000,00')
      .replace(':61:2611211121D11000,', ':61:2512310101RC11000,');
    expect(
      await faultsOf(content, {
        firstDay: businessDateSchema.parse('2025-12-31'),
        lastDay: businessDateSchema.parse('2026-01-01'),
      }),
    ).toEqual([]);
    expect((await bookings()).map(({ day, amount }) => [day, amount])).toEqual([
      ['2025-12-31', 1_370_000],
      ['2026-01-01', -11_000],
    ]);
  });

  it('may hold several statements, each with its balances', async () => {
    const other = mt940.replace('999000000022', '999000000023').replaceAll('//FT', '//GT');
    expect(await faultsOf(mt940 + other)).toEqual([]);
    expect(new Set((await bookings()).map(({ account }) => account)).size).toBe(2);
  });

  it.each([
    ['a balance that does not come out', mt940.replace('VND1859000', 'VND1859001'), ['11 wrong-total']],
    ['no closing balance', mt940.replace(/:62F:.*\r\n/, ''), ['0 truncated']],
    ['another currency', mt940.replace('VND500000', 'USD500000'), ['5 bad-amount']],
    ['a fraction of a đồng', mt940.replace('D11000,', 'D11000,50'), ['9 bad-amount', '11 wrong-total']],
    ['a booking in another form', mt940.replace(':61:2611211121D', ':61:21/11 D'), ['9 layout', '11 wrong-total']],
    ['a day that does not exist', mt940.replace(':61:2611211121D', ':61:2611211131D'), ['9 bad-date']],
  ])('is refused with %s', async (_, content, faults) => {
    expect(await faultsOf(content)).toEqual(faults);
  });
});
