/** Whether two numbers differ; NaN is the same number as NaN. */
export const differ = (a: number, b: number): boolean => a !== b && (a === a || b === b);
