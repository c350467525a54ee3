import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { criteriaOf } from '../model/assignment.ts';
import type { Declaration } from '../model/examination.ts';
import { mistakeIn } from './mistakeIn.ts';

const assignment = assignmentOf('conv2d-gemm');
const yaml = readFileSync('skeleton/conv2d-gemm/assignment.yaml', 'utf8');
const criteria = criteriaOf(assignment);
const fitting = criteria
  .filter(({ kind }) => kind !== 'manual')
  .map(({ id, settings }): Declaration => ({ id, settings: Object.keys(settings) }));

const judged = (declarations: readonly Declaration[]) => mistakeIn(assignment, criteria, declarations, yaml);
const line = (text: string) => yaml.split('\n').findIndex((each) => each.includes(text)) + 1;
const change = (id: string, settings: readonly string[]) =>
  fitting.map((declaration) => (declaration.id === id ? { id, settings } : declaration));

test('suites that examine every criterion with its settings fit', () => expect(judged(fitting)).toBeUndefined());

test('a criterion without a suite', () =>
  expect(judged(fitting.filter(({ id }) => id !== 'im2mat.stride'))).toBe(
    `skeleton/conv2d-gemm/assignment.yaml:${line('id: im2mat.stride')}: im2mat.stride: no suite in tests/conv2d-gemm examines this criterion`,
  ));

test('a setting that is misspelt', () =>
  expect(judged(change('speed.im2mat', ['fullCreditRation']))).toBe(
    `skeleton/conv2d-gemm/assignment.yaml:${line('id: speed.im2mat')}: speed.im2mat: settings: "fullCreditRatio" is not read; the suite reads: fullCreditRation`,
  ));

test('a setting that is missing', () =>
  expect(judged(change('im2mat.stride', ['tolerance']))).toMatch(/im2mat\.stride: settings: "tolerance" is missing/));

test('a suite for an unknown criterion, and two suites for one', () => {
  expect(judged([...fitting, { id: 'im2mat.colour', settings: [] }])).toMatch(
    /examines "im2mat\.colour", which is not/,
  );
  expect(judged([...fitting, fitting[0]])).toMatch(/"im2mat\.definition" is examined twice/);
});
