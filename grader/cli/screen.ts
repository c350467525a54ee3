/** True if output can be drawn over: on a terminal, unless TERM is "dumb". */
export const isScreen = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && process.env['TERM'] !== 'dumb';

/**
 * The width of lines and whether colour is allowed. A file or a pipe gets a fixed, somewhat larger width and no colour.
 */
export function terminalWidthAndColour(stream: NodeJS.WriteStream): { width: number; colour: boolean } {
  // A terminal that does not know its size reports 0.
  const width = stream.isTTY ? stream.columns || 80 : 100;
  return { width, colour: isScreen(stream) && !process.env['NO_COLOR'] };
}
