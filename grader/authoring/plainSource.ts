/** A source without a byte-order mark, and with the line ends of Unix, whichever editor or checkout it comes from. */
export const plainSource = (text: string): string => text.replace(/^\u{FEFF}/u, '').replaceAll('\r\n', '\n');
