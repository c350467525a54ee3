import type { MutantOutcome, ProofReport } from '../../model/proofReport.ts';

const mutant = (given: Partial<MutantOutcome>): MutantOutcome => ({
  base: 'reference',
  file: 'src/Im2MatLayer.ts',
  inside: 'Im2Mat',
  line: 31,
  operator: 'axes swapped',
  was: 'const top = (row % OpY) * Sy - Py;',
  becomes: 'const top = (row % OpY) * Sx - Py;',
  status: 'killed',
  lost: [],
  ...given,
});

/** A proof with a mutant of each status. */
export const exampleProof = (): ProofReport => ({
  schema: 'im2grade/proof-report',
  version: 1,
  assignment: { id: 'conv2d-gemm', title: 'Image classification: conv2d with GEMM', version: 1 },
  grader: '0.1.0',
  seed: 1,
  possible: 975,
  totals: { killed: 2, survived: 2, equivalent: 1, undecided: 1, score: 50 },
  suites: [{ file: '1-im2mat.suite.ts', mutants: 4, killed: 2, alone: 1 }],
  criteria: [{ id: 'im2mat.stride', title: 'Im2Mat with strides', mutants: 4, killed: 1, alone: 1 }],
  operators: [{ operator: 'axes swapped', killed: 2, survived: 2, equivalent: 1 }],
  advice: {
    weakest: {
      id: 'im2mat.stride',
      title: 'Im2Mat with strides',
      killed: 2,
      survived: 2,
      inputs: [
        {
          base: 'reference',
          file: 'src/Im2MatLayer.ts',
          inside: 'Im2Mat',
          line: 31,
          difference: 'Im2Mat (B 7, InY 51): output 0 is 15.6 at 0, and should be 21.8',
        },
      ],
    },
    together: [['im2mat.stride', 'im2mat.padding']],
  },
  mutants: [
    mutant({ lost: ['im2mat.stride'] }),
    mutant({ base: 'naive', lost: ['im2mat.definition', 'im2mat.stride'], ended: 'timed-out' }),
    mutant({
      operator: 'narrow index',
      becomes: 'OUT[(to + i) & 0xffff] = INP[from + i];',
      status: 'survived',
      search: { cases: 1000, difference: 'Im2Mat (B 7, InY 51): output 0 is 15.6 at 0, and should be 21.8' },
    }),
    mutant({ operator: 'remainder', line: 41, status: 'survived', search: { cases: 1000 } }),
    mutant({ status: 'equivalent', reason: 'both branches copy', search: { cases: 1000 } }),
    mutant({ status: 'undecided', reason: 'im2mat.stride: <b>the grader</b> failed' }),
  ],
  refuted: ['reference src/Im2MatLayer.ts:41: for (;;) ;'],
});
