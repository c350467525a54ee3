/** Text as names, logins and addresses are compared: in one Unicode form, without case and surplus spaces. */
export const foldedText = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
