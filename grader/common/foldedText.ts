/**
 * Text as names, logins and addresses are compared: in one Unicode form, without case, surplus spaces and what cannot be
 * seen, such as the marks of a direction.
 */
export const foldedText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
