import { businessDateSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';

/** A day of the account at which the journeys pay. */
export const dayOf = (day: string): DayAddress => ({
  gateway: 'vnpay',
  merchant: 'vpdkdd',
  day: businessDateSchema.parse(day),
});

export const monday = dayOf('2026-11-23');
export const tuesday = dayOf('2026-11-24');
export const thursday = dayOf('2026-11-26');

/** When statements come. */
export const morningOf = ({ day }: DayAddress) => `${day}T01:30:00.000Z`;

/** Two of the finance staff. */
export const lan = staffCodeSchema.parse('kt.lan');
export const minh = staffCodeSchema.parse('kt.minh');
