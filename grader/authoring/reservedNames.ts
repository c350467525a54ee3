const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** Whether Windows accepts no file or folder of a name: `con`, `nul.ts`. */
export const isReserved = (name: string): boolean => RESERVED.test(name);
