/** Whether the stack was too small for a recursion. By name, because the error may be of any realm. */
export const isTooDeep = (error: unknown): boolean => (error as Error | undefined)?.name === 'RangeError';
