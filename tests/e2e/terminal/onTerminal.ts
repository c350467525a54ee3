import { spawn, spawnSync } from 'node:child_process';
import { START } from '../support/runGrade.ts';
import { Screen } from './Screen.ts';

/** Why there is no pseudo-terminal; undefined if there is one. */
export function noTerminal(): string | undefined {
  const { error, status } = spawnSync('script', ['-qfec', 'stty size', '/dev/null'], { stdio: 'ignore' });
  return error || status !== 0 ? 'no terminal: util-linux’s script and stty are not installed' : undefined;
}

export interface Shown {
  readonly code: number | null;
  /** All bytes that the terminal was sent. */
  readonly raw: string;
  /** At the end. */
  readonly screen: Screen;
  /** The contents of the screen before each escape sequence, however fast the output came. */
  readonly looks: readonly string[];
  /** Lines that ran over the terminal's edge at any time. */
  readonly wrapped: readonly string[];
}

interface Terminal {
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A file that receives standard error. */
  readonly stderr?: string;
}

/** Runs the command on a pseudo-terminal, as a user at a terminal of this size would. */
export async function onTerminal(
  args: readonly string[],
  { columns, rows, cwd, env = {}, stderr }: Terminal,
): Promise<Shown> {
  const command = [process.execPath, START, ...args].map(quoted).join(' ');
  const size = columns > 0 ? `stty cols ${columns} rows ${rows}; ` : '';
  const line = `${size}exec ${command}${stderr === undefined ? '' : ` 2>${quoted(stderr)}`}`;
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const screen = new Screen(columns || 80, rows);
  const pieces: Buffer[] = [];
  const looks: string[] = [];
  const wrapped: string[] = [];
  for await (const piece of child.stdout as AsyncIterable<Buffer>) {
    pieces.push(piece);
    for (const step of stepsOf(piece)) {
      await screen.write(step);
      looks.push(screen.text());
      wrapped.push(...screen.wrapped());
    }
  }
  return { code: await ended, raw: Buffer.concat(pieces).toString(), screen, looks, wrapped };
}

const ESCAPE = 0x1b;

/** Bytes in parts, each but the first starting with an escape sequence. */
function stepsOf(bytes: Buffer): Buffer[] {
  const steps: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const next = bytes.indexOf(ESCAPE, from + 1);
    const to = next === -1 ? bytes.length : next;
    steps.push(bytes.subarray(from, to));
    from = to;
  }
  return steps;
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
