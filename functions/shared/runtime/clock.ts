import { instantSchema } from '#schemas/ids.ts';
import type { Clock } from '#shared/domain/ports.ts';

/** The host's clock, as UTC instants. */
export const systemClock: Clock = () => instantSchema.parse(new Date().toISOString());
