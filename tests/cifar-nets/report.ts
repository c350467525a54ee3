/** The report, and the questions that it answers. */
export const REPORT = 'report.pdf';
export const SECTIONS = { 1: [], 2: [...'abcde'], 3: [...'abcdefg'] };
