/** JSON that means the same and can be printed: `JSON.stringify` leaves C1 controls and direction controls as they are. */
export const controlsEscaped = (json: string): string =>
  json.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
