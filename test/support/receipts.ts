import { loadUnits } from '#config/units.ts';
import { instantSchema, lookupCodeSchema } from '#schemas/ids.ts';
import { type Receipt, receiptSchema } from '#shared/domain/receipt.ts';
import { type NumberingFacts, numberedReceiptOf } from '#shared/domain/receipt-content.ts';
import type { ReceiptPlan } from '#shared/domain/receipt-plan.ts';

/** Number 1 of the land registration office's first series, taken on an ordinary morning; `change` replaces facts. */
export function someNumberingFacts(change: Partial<NumberingFacts> = {}): NumberingFacts {
  const [unit] = loadUnits('dev');
  if (unit === undefined) throw new Error('config/dev/units.json is empty');
  return {
    series: { template: 'EBL01', series: '26TAA' },
    number: 1,
    at: instantSchema.parse('2026-11-23T02:15:32.000Z'),
    unit,
    lookupCode: lookupCodeSchema.parse('7KQ2M9XWPD4T'),
    lookupUrl: 'https://edge.example.vn/r/7KQ2M9XWPD4T',
    rendererVersion: '3',
    ...change,
  };
}

/** A numbered receipt of a plan; `change` replaces fields of the receipt. */
export function aReceiptOf(plan: ReceiptPlan, change: object = {}, facts: Partial<NumberingFacts> = {}): Receipt {
  return receiptSchema.parse({ ...numberedReceiptOf(plan, someNumberingFacts(facts)), ...change });
}
