import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ScoreReport } from '../../../grader/model/report.ts';
import { renderReport } from '../../../grader/report/terminal/renderReport.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { noTerminal, onTerminal } from './onTerminal.ts';

const SUBMISSION = join(ROOT, 'examples/submission');
const GRADE = [SUBMISSION, '--assignment', 'conv2d-gemm', '--only', 'im2mat', '--seed', '5'];
const SAVED = 'Saved reports/submission/report.html and reports/submission/report.json';
/** Escape sequences and control characters except line ends. */
const CONTROL = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
const COLOUR = /\x1b\[[\d;]*m/;

/** What the terminal should show in the end: the saved report, drawn for its width, and where it was saved. */
function expectedText(folder: string, width: number): string {
  const saved: unknown = JSON.parse(readFileSync(join(folder, 'reports/submission/report.json'), 'utf8'));
  return `${renderReport(ScoreReport.parse(saved), { width, colour: false })}\n${SAVED}`;
}

const absence = noTerminal();
if (absence !== undefined) test.skip(absence, () => {});
else
  describe('on a terminal', () => {
    test.concurrent.each([80, 132])(
      'of %i columns the table is complete, and nothing is left of the live view',
      (columns) =>
        inFolder({}, async (cwd) => {
          const { code, raw, screen, looks, wrapped } = await onTerminal(GRADE, { columns, rows: 24, cwd });
          expect({ code, wrapped }).toEqual({ code: 0, wrapped: [] });
          expect(screen.text()).toBe(expectedText(cwd, columns));
          expect(screen.isLeftInOrder()).toBe(true);
          expect(raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(raw.lastIndexOf('\x1b[?25l'));
          // One line, drawn over and over.
          const live = looks.filter((look) => /^[-=]{24} \d+\/11 [a-z]/.test(look));
          expect(live.length).toBeGreaterThan(0);
          expect(live.filter((look) => look.includes('\n'))).toEqual([]);
          expect(raw).toMatch(COLOUR);
        }),
    );

    test.concurrent('that is narrow, the live view is cut off at the edge', () =>
      inFolder({}, async (cwd) => {
        const { looks } = await onTerminal(GRADE, { columns: 30, rows: 24, cwd });
        const live = looks.filter((look) => /^[-=]{24} /.test(look));
        expect(live.length).toBeGreaterThan(0);
        expect(live.filter((look) => look.includes('\n'))).toEqual([]);
      }),
    );

    test.concurrent('that does not know its size, the table is as on one of 80 columns', () =>
      inFolder({}, async (cwd) => {
        const { screen, wrapped } = await onTerminal(GRADE, { columns: 0, rows: 24, cwd });
        expect(wrapped).toEqual([]);
        expect(screen.text()).toBe(expectedText(cwd, 80));
      }),
    );

    test.concurrent('NO_COLOR leaves out the colours and nothing else', () =>
      inFolder({}, async (cwd) => {
        const { raw, screen } = await onTerminal(GRADE, { columns: 80, rows: 24, cwd, env: { NO_COLOR: '1' } });
        expect(raw).not.toMatch(COLOUR);
        expect(screen.text()).toBe(expectedText(cwd, 80));
      }),
    );

    test.concurrent('with NO_COLOR, and the live view redirected, there is no escape sequence at all', () =>
      inFolder({}, async (cwd) => {
        const stderr = join(cwd, 'stderr.txt');
        const { raw, screen } = await onTerminal(GRADE, { columns: 80, rows: 24, cwd, env: { NO_COLOR: '1' }, stderr });
        expect(raw).not.toMatch(CONTROL);
        expect(readFileSync(stderr, 'utf8')).toBe('');
        expect(screen.text()).toBe(expectedText(cwd, 80));
      }),
    );

    test.concurrent('that is dumb there is neither a live view nor an escape sequence', () =>
      inFolder({}, async (cwd) => {
        const { raw } = await onTerminal(GRADE, { columns: 80, rows: 24, cwd, env: { TERM: 'dumb' } });
        expect(raw.replaceAll('\r', '').trimEnd()).toBe(expectedText(cwd, 80));
      }),
    );
  });

test.concurrent('a pipe gets the table and no escape sequence, whatever the terminal is called', () =>
  inFolder({}, async (cwd) => {
    const { stdout, stderr } = await runGrade(GRADE, cwd, { NO_COLOR: '', TERM: 'xterm-256color' });
    expect(stdout.trimEnd()).toBe(expectedText(cwd, 100));
    expect(stderr).toBe('');
  }),
);
