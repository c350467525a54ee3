/** Points are shown and summed to hundredths. */
export const round = (points: number): number => Math.round(points * 100) / 100;
