/** Tells on a terminal what is going on, on a line that is overwritten; elsewhere nothing. */
export function progressOn(stream: NodeJS.WriteStream): (doing: string) => void {
  if (!stream.isTTY) return () => {};
  return (doing) => stream.write(`\r\x1b[K${doing}`);
}
