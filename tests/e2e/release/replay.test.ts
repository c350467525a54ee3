import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readCounterexamples } from '@im2grade/handout';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import { replay } from '../../../grader/grade/replay.ts';
import { readMutants } from '../../../grader/honesty/keptMutants.ts';
import { toJson } from '../../../grader/report/json/writeJson.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';
import { mutatedFiles } from '../../../grader/honesty/mutatedFiles.ts';
import { ownSubmission } from '../../../grader/grade/ownSubmission.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'examples/submission');
const assignment = assignmentOf('conv2d-gemm');

/**
 * Mutants whose lost criteria have the most varied laws: definitions, sums, copies, inputs that are only read, batches.
 */
test.each([
  ['conv2d-gemm', 'im2mat-paddings-swapped'],
  ['simple-conv-net', 'relu-scalar-in-place'],
  ['simple-conv-net', 'conv2d-vector-bias-per-channel'],
  ['modular-nets', 'fully-connected-down-sum'],
  ['modular-nets', 'conv-flips-weights-in-place'],
])(
  '%s: the counterexample by which %s was lost is wrong when it is run again, and right on the reference',
  async (id, name) => {
    const of = assignmentOf(id);
    const reference = deliverablesIn(of, of.folders.reference);
    const mutant = readMutants(of.folders.tests).find((each) => each.name === name)!;
    const mutated = mutatedFiles(of, mutant);
    const report = toJson(await gradeFiles(of, name, mutated, ['correctness'], 5));
    await inFolder({ 'r.json': report }, async (folder) => {
      const { counterexamples } = readCounterexamples(join(folder, 'r.json'));
      expect(counterexamples.filter(({ replay: call }) => call === undefined)).toEqual([]);
      const replayed = async (files: ReadonlyMap<string, string>) => {
        const words: string[] = [];
        const submission = ownSubmission(name, files);
        const options = { root: ROOT, assignment: of, submission, counterexamples, gemm: 'wasm' as const };
        const came = await replay({ ...options, sandbox: await findSandbox(ROOT) }, (text) => void words.push(text));
        return { came, marks: new Set(words.map((text) => text[0])), count: words.length };
      };
      expect(await replayed(mutated)).toEqual({ came: 'wrong', marks: new Set(['✗']), count: counterexamples.length });
      const { came, marks } = await replayed(reference);
      expect(came).toBe('right');
      // Of a law that involves other inputs too, only a changed result can be seen now.
      expect([...marks].filter((mark) => mark !== '✓' && mark !== '?')).toEqual([]);
    });
  },
);

test('grade replay runs a report’s counterexample on a submission, in its own process', () =>
  inFolder({}, async (folder) => {
    const files = deliverablesIn(assignment, SUBMISSION);
    writeFileSync(join(folder, 'r.json'), toJson(await gradeFiles(assignment, 'ada', files, ['im2mat.padding'], 5)));
    const wrong = await runGrade(['replay', 'r.json', '--submission', SUBMISSION], folder);
    expect(wrong.stdout).toMatch(/✗ im2mat\.padding[^]*first wrong element OUT\[/);
    expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({ code: 1, stderr: '' });
    const right = await runGrade(['replay', 'r.json', '-s', join(ROOT, 'examples/complete')], folder);
    expect(right).toEqual({
      code: 0,
      stdout: '✓ im2mat.padding  Im2Mat with padding: Im2Mat gives what is expected\n',
      stderr: '',
    });
  }));

test('a report without counterexamples, or a missing one, is reported in one line', () =>
  inFolder({}, async (folder) => {
    const files = deliverablesIn(assignment, join(ROOT, 'examples/complete'));
    writeFileSync(join(folder, 'r.json'), toJson(await gradeFiles(assignment, 'ada', files, ['im2mat.identity'], 5)));
    expect(await runGrade(['replay', 'r.json', '-s', SUBMISSION], folder)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'grade: r.json holds no counterexample\n',
    });
    expect((await runGrade(['replay', 'r.json', 'im2mat.colour', '-s', SUBMISSION], folder)).stderr).toBe(
      'grade: r.json says nothing about "im2mat.colour"; it has im2mat.identity\n',
    );
  }));
