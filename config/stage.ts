import * as z from 'zod/mini';

export const stageSchema = z.enum(['dev', 'prod']);
/** `dev` serves local runs and trials with fictional data; `prod` serves citizens. */
export type Stage = z.infer<typeof stageSchema>;
