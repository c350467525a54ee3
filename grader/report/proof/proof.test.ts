import { expect, test } from '@jest/globals';
import { ProofReport } from '../../model/proofReport.ts';
import { renderProof } from '../terminal/renderProof.ts';
import { exampleProof } from '../test/exampleProof.ts';
import { proofHtml } from './proofHtml.ts';

test('the example fits the schema', () => expect(ProofReport.parse(exampleProof())).toEqual(exampleProof()));

test('the page shows the score, survivors with their sources, equivalents with their reasons, and what was refuted', () => {
  const page = proofHtml(exampleProof());
  for (const text of [
    '<b>50.0</b>',
    'Survivors (2)',
    'OUT[(to + i) &amp; 0xffff] = INP[from + i];',
    'Im2Mat (B 7, InY 51): output 0 is 15.6 at 0, and should be 21.8',
    'No difference in 1000 random cases.',
    'both branches copy',
    'im2mat.stride: &lt;b&gt;the grader&lt;/b&gt; failed',
    'reference src/Im2MatLayer.ts:41: for (;;) ;',
    'timed-out im2mat.definition, im2mat.stride',
    'The weakest criterion is im2mat.stride',
  ])
    expect(page).toContain(text);
});

test('the terminal shows the score, the suites, the survivors and what would notice them', () => {
  const text = renderProof(exampleProof(), { width: 80, colour: false });
  expect(text).toBe(
    [
      'conv2d-gemm: mutation score 50.0 %',
      '6 of 975 mutants examined: 2 killed, 2 survived, 1 equivalent, 1 undecided',
      '',
      '  1-im2mat.suite.ts  kills 2 of 4, 1 of them by itself',
      '',
      '  reference src/Im2MatLayer.ts:31, Im2Mat: narrow index',
      '    - const top = (row % OpY) * Sy - Py;',
      '    + OUT[(to + i) & 0xffff] = INP[from + i];',
      '    differs: Im2Mat (B 7, InY 51): output 0 is 15.6 at 0, and should be 21.8',
      '',
      '  reference src/Im2MatLayer.ts:41, Im2Mat: remainder',
      '    - const top = (row % OpY) * Sy - Py;',
      '    + const top = (row % OpY) * Sx - Py;',
      '',
      'The weakest criterion is im2mat.stride: in its functions, 2 of 4 mutants',
      'survived.',
      'It would notice reference src/Im2MatLayer.ts:31, Im2Mat, with this input: Im2Mat',
      '(B 7, InY 51): output 0 is 15.6 at 0, and should be 21.8',
      'im2mat.stride and im2mat.padding are always lost together: their points are',
      'given twice.',
      '',
    ].join('\n'),
  );
});
