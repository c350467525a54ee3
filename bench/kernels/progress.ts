/** Shows what is going on: on a terminal in a line that is overwritten, elsewhere not at all. */
export function progressOn(stream: NodeJS.WriteStream): (doing: string) => void {
  if (!stream.isTTY) return () => {};
  return (doing) => stream.write(`\r\x1b[K${doing}`);
}
