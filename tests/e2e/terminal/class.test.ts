import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { inFolder } from '../support/runGrade.ts';
import { noTerminal, onTerminal } from './onTerminal.ts';

const assignment = assignmentOf('conv2d-gemm');
const good = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
const IM2MAT = 'src/Im2MatLayer.ts';
const under = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [join('class', folder, path), text]));

const CLASS = {
  ...under('Ada 日本語の題名です 🎉 and a name that goes on and on beyond the edge of the screen', good),
  ...under('broken', { ...good, [IM2MAT]: `import '${'a-module-of-the-student/'.repeat(6)}x';\n${good[IM2MAT]}` }),
  ...under('zoe', { 'notes.txt': 'later' }),
};

const absence = noTerminal();
if (absence !== undefined) test.skip(absence, () => {});
else
  describe('a class on a terminal', () => {
    test('keeps to 80 columns, shows who is being graded, and leaves failures and the result', () =>
      inFolder(CLASS, async (cwd) => {
        const args = ['class', 'class', '--assignment', assignment.id, '--only', 'im2mat.definition', '--jobs', '1'];
        const { code, screen, looks, wrapped } = await onTerminal(args, { columns: 80, rows: 24, cwd });
        expect({ code, wrapped }).toEqual({ code: 0, wrapped: [] });
        expect(looks.some((look) => /[-=]{24} \d\/3 correctness .*(Ada|broken|zoe)/.test(look))).toBe(true);
        const text = screen.text();
        expect(text).toMatch(
          /^class: 3 submissions, 2 graded \(1 in part\), median 1\.5 points, 1 not\n {2}zoe: ungradable: /m,
        );
        expect(text).toMatch(/\n {2}broken: graded in part: src\/Im2MatLayer\.ts/);
        expect(text).toMatch(
          /\nSaved\n {2}reports\/class\/class\.html\n {2}reports\/class\/class\.csv\n {2}reports\/class\/class\.json$/,
        );
        expect(text).not.toMatch(/[-=]{24}/);
        expect(text).toMatch(/^3\/3 zoe: ungradable: .*…\nclass: 3 submissions/);
        expect(screen.isLeftInOrder()).toBe(true);
      }));
  });
