import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { correctionCommandSchema, correctionViewSchema } from '#schemas/correction.ts';
import { dayCloseCommandSchema, dayViewSchema, monthCloseCommandSchema, monthViewSchema } from '#schemas/day-close.ts';
import { dossierConfirmationSchema, eventTypes } from '#schemas/dossier-confirmation.ts';
import { exceptionCommandSchema, exceptionViewSchema } from '#schemas/exception.ts';
import { ledgerExportSchema } from '#schemas/ledger-export.ts';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { attemptRequestSchema, paymentRequestSchema } from '#schemas/payment-request.ts';
import { attemptViewSchema, paymentViewSchema } from '#schemas/payment-view.ts';
import { problemSchema } from '#schemas/problem.ts';
import { receiptContentSchema } from '#schemas/receipt.ts';
import { refundCommandSchema, refundViewSchema } from '#schemas/refund.ts';

/** Examples are named `<contract>.<what they show>.json`. */
const contracts: Readonly<Record<string, z.ZodMiniType>> = {
  'payment-request': paymentRequestSchema,
  'attempt-request': attemptRequestSchema,
  payment: paymentViewSchema,
  attempt: attemptViewSchema,
  problem: problemSchema,
  'payment-notice': paymentNoticeSchema,
  'receipt-content': receiptContentSchema,
  'payment-paid': dossierConfirmationSchema,
  'payment-expired': dossierConfirmationSchema,
  'nothing-to-pay': dossierConfirmationSchema,
  'receipt-issued': dossierConfirmationSchema,
  'payment-refunded': dossierConfirmationSchema,
  'receipt-replaced': dossierConfirmationSchema,
  'refund-command': refundCommandSchema,
  refund: refundViewSchema,
  'correction-command': correctionCommandSchema,
  correction: correctionViewSchema,
  exception: exceptionViewSchema,
  'exception-command': exceptionCommandSchema,
  day: dayViewSchema,
  'day-close-command': dayCloseCommandSchema,
  'month-close': monthViewSchema,
  'month-close-command': monthCloseCommandSchema,
  'ledger-export': ledgerExportSchema,
};

const folder = new URL('../../schemas/examples/', import.meta.url);
const files = readdirSync(folder);

describe('the examples of the contracts', () => {
  it.each(files)('%s is valid, and nothing of it is changed by reading', (file) => {
    const example = readExample(file);
    const reading = contracts[contractOf(file)]?.safeParse(example);
    expect(reading?.error?.issues).toBeUndefined();
    expect(reading?.data).toMatchObject(example);
  });

  it.each(Object.keys(contracts))('show at least one %s', (contract) => {
    expect(files.map(contractOf)).toContain(contract);
  });

  it('show every type of confirmation', () => {
    const types = files
      .map((file) => readExample(file))
      .flatMap((example) => ('specversion' in example ? [example['type']] : []));
    expect(new Set(types)).toEqual(new Set(Object.values(eventTypes)));
  });
});

function contractOf(file: string): string {
  return file.slice(0, file.indexOf('.'));
}

function readExample(file: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
}
