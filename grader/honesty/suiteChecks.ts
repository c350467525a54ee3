import { readFileSync } from 'node:fs';
import { suiteFiles } from '../compile/runtimeBundles.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Check } from './Check.ts';
import { isExamined } from './examined.ts';
import { lintRubric } from './lintRubric.ts';
import { readMutants, readUnfair } from './keptMutants.ts';
import { mutatedFiles } from './mutatedFiles.ts';
import { readmePoints } from './readmePoints.ts';
import { unexaminedFunctions } from './unexaminedFunctions.ts';

/** Whether the rubric, the suites and the mutants fit together. */
export const suiteChecks = (assignment: Assignment): Check[] => [
  {
    group: 'rubric',
    name: 'the suites examine the criteria of assignment.yaml, no more and no fewer',
    run: async () => unexamined(assignment),
  },
  {
    group: 'rubric',
    name: 'the suites examine every function that students write',
    run: async () => unexaminedFunctions(assignment),
  },
  {
    group: 'rubric',
    name: 'the points in the README’s tables add up to those of assignment.yaml',
    run: async () => readmePoints(assignment),
  },
  {
    group: 'rubric',
    name: 'every row says what is asked, can be earned, and gives no hidden input away',
    run: async () => lintRubric(assignment).map(({ id, problem }) => `${id} ${problem}`),
  },
  {
    group: 'mutants',
    name: 'every edit of a mutant and of an unfair submission finds its text',
    run: async () => lostEdits(assignment),
  },
  {
    group: 'mutants',
    name: 'labels name criteria that exist, and every criterion is lost by some mutant',
    run: async () => unprovenLabels(assignment),
  },
];

function unexamined(assignment: Assignment): string[] {
  const { id, folders } = assignment;
  const suites = suiteFiles(folders.tests).map((file) => readFileSync(file, 'utf8'));
  const namesIn = (declaration: string): string[] =>
    suites.flatMap((text) =>
      [...text.matchAll(new RegExp(`^\\s*${declaration}\\(\\s*['"]([^'"]+)['"]`, 'gmu'))].map(([, name]) => name),
    );
  const [examined, shown] = [namesIn('criterion'), namesIn('showBeside')];
  const rows = criteriaOf(assignment);
  const ids = rows.filter(({ kind, notMeasurable }) => kind !== 'manual' && !notMeasurable).map(({ id }) => id);
  const byHand = rows.filter(({ kind }) => kind === 'manual').map(({ id }) => id);
  return [
    ...ids.filter((row) => !examined.includes(row)).map((row) => `no suite in tests/${id} examines ${row}`),
    ...examined.filter((name) => !ids.includes(name)).map((name) => `assignment.yaml has no criterion ${name}`),
    ...shown.filter((name) => !byHand.includes(name)).map((name) => `no person grades ${name} in assignment.yaml`),
    ...examined.filter((name, i) => examined.indexOf(name) < i).map((name) => `${name} is examined twice`),
  ];
}

function lostEdits(assignment: Assignment): string[] {
  const { tests } = assignment.folders;
  return [...readMutants(tests), ...readUnfair(tests)].flatMap((edited) => {
    try {
      mutatedFiles(assignment, edited);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

function unprovenLabels(assignment: Assignment): string[] {
  const lost = new Set(readMutants(assignment.folders.tests).flatMap(({ loses }) => loses));
  const criteria = criteriaOf(assignment);
  return [
    ...[...lost].filter((label) => !criteria.some(({ id }) => id === label)).map((label) => `${label} does not exist`),
    ...criteria.filter((row) => isExamined(row) && !lost.has(row.id)).map(({ id }) => `no mutant loses ${id}`),
  ];
}
