import * as z from 'zod';

/** How well student code is kept in; `docs/adr` and `grader/isolation` say by what. */
export const IsolationTier = z.enum(['strict', 'reduced']);
export type IsolationTier = z.infer<typeof IsolationTier>;
