import * as z from 'zod';

/** How strictly student code is isolated; `docs/adr` and `grader/isolation` describe the mechanisms. */
export const IsolationTier = z.enum(['strict', 'reduced']);
export type IsolationTier = z.infer<typeof IsolationTier>;
