import { randomInt } from 'node:crypto';
import type * as z from 'zod';
import { instantSchema } from '#schemas/ids.ts';
import type { paymentRequestSchema } from '#schemas/payment-request.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';

type PaymentBody = z.input<typeof paymentRequestSchema>;
type ChargeBody = PaymentBody['charges'][number];

interface Sample {
  /** Agency of the dossier's code. */
  readonly agency: string;
  readonly procedureCode: string;
  readonly payer: ChargeBody['payer'];
  readonly feeLines: ChargeBody['feeLines'];
}

/** Made-up people and addresses; the fees are those of config/dev/fees.json. */
const samples: readonly [Sample, ...Sample[]] = [
  {
    agency: 'H49.14',
    procedureCode: '1.013831',
    payer: { name: 'Nguyễn Thị Hồng Ánh', address: 'Tổ 5, khu 3, phường Hồng Gai, tỉnh Quảng Ninh' },
    feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }],
  },
  {
    agency: 'H49.14',
    procedureCode: '1.012789',
    payer: { name: 'Trần Quốc Vượng', address: 'Số 12 đường Thử Nghiệm, phường Bãi Cháy, tỉnh Quảng Ninh' },
    feeLines: [
      { unitCode: 'vpdkdd', feeCode: 'QN-013', quantity: 1, amountVnd: 300_000 },
      { unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 },
    ],
  },
  {
    agency: 'H49',
    procedureCode: '1.011441',
    payer: {
      name: 'Công ty TNHH Thử Nghiệm Hạ Long',
      taxCode: '5709990099',
      address: 'Phường Hạ Long, tỉnh Quảng Ninh',
    },
    feeLines: [{ unitCode: 'ttpvhcc', feeCode: 'QN-014', quantity: 1, amountVnd: 80_000 }],
  },
  {
    agency: 'H49.242',
    procedureCode: '1.004859',
    payer: { name: 'Lê Đức Ưng', address: 'Phường Hồng Gai, tỉnh Quảng Ninh' },
    feeLines: [{ unitCode: 'hong-gai', feeCode: 'QN-028', quantity: 1, amountVnd: 25_000 }],
  },
];

/** How many dossiers the first start brings. */
export const sampleCount = samples.length;

/**
 * Makes the payment request of a dossier received today.
 * @param kind which of the samples; counted round
 * @param sequence number of the dossier on its day
 */
export function makeSampleRequest(kind: number, sequence: number, now: Date): PaymentBody {
  const { agency, procedureCode, payer, feeLines } = samples[kind % samples.length] ?? samples[0];
  const day = businessDateOf(instantSchema.parse(now.toISOString())).slice(2).replaceAll('-', '');
  return {
    reference: `YC-${day}-${sequence}`,
    charges: [{ dossierCode: `${agency}-${day}-${sequence}`, procedureCode, payer, feeLines }],
    expiresAt: new Date(now.getTime() + 30 * 86_400_000).toISOString(),
  };
}

/** A number that no dossier of the day is likely to have yet. */
export function drawSequence(): number {
  return randomInt(10_000, 1_000_000);
}
