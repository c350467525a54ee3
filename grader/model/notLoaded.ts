/**
 * Why a bundle cannot be loaded, in one line.
 *
 * @param kind - of its fault
 */
export const notLoaded = (kind: string, message: string): string =>
  kind === 'timed-out' ? `${message}; is there an endless loop outside the functions?` : message;
