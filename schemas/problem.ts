import * as z from 'zod/mini';

/** RFC 9457 problem details; `errors` names every faulty field by JSON pointer. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().check(z.minimum(400), z.maximum(599)),
    detail: z.string(),
    instance: z.optional(z.string()),
    errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
  })
  .register(z.globalRegistry, { id: 'Problem', title: 'Problem details (RFC 9457)' });
export type Problem = z.infer<typeof problemSchema>;

/** A problem before it has its type's address: `code` is the last part of that address. */
export type ProblemOf = Omit<Problem, 'type'> & { readonly code: string };
