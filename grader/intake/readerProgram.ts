import { ownProgram } from '../host/ownProgram.ts';

/** The path of the program of the thread that reads archives. */
export const readerProgram = (): Promise<string> =>
  ownProgram({
    name: 'archives',
    source: 'grader/intake/archiveReader.ts',
    besides: [
      'grader/model/errors.ts',
      ...['rules', 'namedWeights'].map((name) => `skeleton/handout/src/handIn/${name}.ts`),
    ],
  });
