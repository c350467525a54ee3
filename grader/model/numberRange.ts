/** For which numbers a function is defined, if not for all; probabilities add up to one along the last axis. */
export type NumberRange = 'positive' | 'not-negative' | 'probabilities';
