/** Text from a file, fit for one line of a message: printable ASCII, and not too much of it. */
export const printable = (text: string, most = 80): string => text.replace(/[^\x20-\x7e]+/gu, '?').slice(0, most);
