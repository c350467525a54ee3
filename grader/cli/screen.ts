/** True where what was written can be drawn over: on a terminal, unless it calls itself dumb. */
export const isScreen = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && process.env['TERM'] !== 'dumb';

/** How wide lines may be and whether they may be painted: on a screen as it is, in a file or a pipe a little wider and plain. */
export function terminalWidthAndColour(stream: NodeJS.WriteStream): { width: number; colour: boolean } {
  // A terminal that does not know its size says 0.
  const width = stream.isTTY ? stream.columns || 80 : 100;
  return { width, colour: isScreen(stream) && !process.env['NO_COLOR'] };
}
