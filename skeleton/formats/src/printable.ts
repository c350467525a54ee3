const MOST = 80;

/** Text from a file, fit for one line of a message: printable ASCII, at most 80 characters. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]+/gu, '?').slice(0, MOST);
