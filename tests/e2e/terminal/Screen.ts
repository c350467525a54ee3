import xterm from '@xterm/headless';

/** The screen of a terminal emulator, with everything that scrolled out of it. */
export class Screen {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  }

  /** Shows what a program wrote; resolves when it is drawn. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  /** The visible text, from the first line to the last that is not empty. */
  text(): string {
    return this.#lines()
      .map((line) => line.translateToString(true))
      .join('\n')
      .trimEnd();
  }

  /** Lines that are continued from the line above. */
  wrapped(): string[] {
    return this.#lines()
      .filter(({ isWrapped }) => isWrapped)
      .map((line) => line.translateToString(true));
  }

  /** True if the next program finds the terminal as this one found it. */
  isLeftInOrder(): boolean {
    const { modes, buffer } = this.#terminal;
    return modes.wraparoundMode && buffer.active.type === 'normal' && buffer.active.cursorX === 0;
  }

  #lines() {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: active.length }, (_, y) => active.getLine(y)!);
  }
}
