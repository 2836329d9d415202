import { describe, expect, it } from '@jest/globals';
import { announceStatement } from '#functions/finance-desk/announce-statement.ts';
import { instantSchema } from '#schemas/ids.ts';
import { statementUploadRequestSchema } from '#schemas/statement-upload.ts';
import { readStatementKey } from '#shared/domain/statement-key.ts';
import type { AnnouncedFile } from '#shared/domain/statement-uploads.ts';
import { anAccountDay, settings } from '#test/support/reconciliation-scene.ts';

const asked: AnnouncedFile[] = [];
const needs = {
  settings,
  // Still Monday in Vietnam.
  clock: () => instantSchema.parse('2026-11-23T16:59:00.000Z'),
  uploads: {
    placeFor: async (file: AnnouncedFile) => {
      asked.push(file);
      return { url: 'https://store.example.vn/x', headers: { 'content-type': 'application/octet-stream' } };
    },
  },
};
const request = statementUploadRequestSchema.parse({ name: 'Sao kê 22-11.xlsx', bytes: 10, sha256: 'a'.repeat(64) });

describe('a statement that is about to be sent', () => {
  it('gets a place that says whose it is and of which day', async () => {
    const address = anAccountDay();
    expect(await announceStatement(address, request, needs)).toMatchObject({
      kind: 'done',
      upload: { method: 'PUT', expiresAt: '2026-11-23T17:04:00.000Z', url: 'https://store.example.vn/x' },
    });
    expect(readStatementKey(asked.at(-1)?.key ?? '')).toEqual({ ...address, name: 'Sao kê 22-11.xlsx' });
  });

  it('of a bank gets a place under its collecting account, where there is one', async () => {
    const bank = { fee: { perTransactionVnd: 0, millionths: 0 }, bookedAfterDays: 0, isRequiredToClose: false };
    const accounts = settings.accounts.map((one) => ({ ...one, collectingAccounts: ['101'], bank }));
    const { day } = anAccountDay();
    const banked = { ...needs, settings: { ...settings, accounts } };

    expect(await announceStatement({ gateway: 'bank', merchant: '101', day }, request, banked)).toMatchObject({
      upload: { key: 'bank/101/2026-11-23/Sao kê 22-11.xlsx' },
    });
    expect(await announceStatement({ gateway: 'bank', merchant: '102', day }, request, banked)).toMatchObject({
      code: 'unknown-account',
    });
  });

  it.each([
    ['of a day that is still to come', anAccountDay('2026-11-24'), 'day-ahead'],
    ['of an account that nobody reconciles', { ...anAccountDay(), merchant: 'nobody' }, 'unknown-account'],
    ['of a day before the books begin', anAccountDay('2026-10-31'), 'unknown-account'],
  ])('gets none %s', async (_which, address, code) => {
    const before = asked.length;
    expect(await announceStatement(address, request, needs)).toMatchObject({ kind: 'refused', code });
    expect(asked.length).toBe(before);
  });

  it.each(['../x.csv', 'a/b.csv', '.hidden', 'x\ny', '', 'a'.repeat(101), 'x%2fy.csv'])(
    'is not taken under the name %j',
    (name) => {
      expect(statementUploadRequestSchema.safeParse({ ...request, name }).success).toBe(false);
    },
  );
});
