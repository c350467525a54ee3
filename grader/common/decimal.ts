const DECIMAL = /^\d+(?:\.\d+)?$/u;

/** A number of points or percent as a person writes it, like 60 or 12.5; NaN if it is not one. */
export const decimal = (text: string): number => (DECIMAL.test(text) ? Number(text) : NaN);
