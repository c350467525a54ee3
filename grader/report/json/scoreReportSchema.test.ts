import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { exampleReport } from '../test/exampleReport.ts';
import { hostileReport } from '../test/hostileReport.ts';
import { scoreReportSchema } from './scoreReportSchema.ts';
import { toJson } from './writeJson.ts';

const COMMITTED = 'docs/schema/score-report.schema.json';

test('the committed schema is up to date: npm run --silent grade -- schema > docs/schema/score-report.schema.json', () =>
  expect(readFileSync(COMMITTED, 'utf8')).toBe(scoreReportSchema()));

const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(JSON.parse(scoreReportSchema()));

test.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s is valid according to another implementation of JSON Schema', (_, report) => {
  validate(JSON.parse(toJson(report())));
  expect(validate.errors).toBeNull();
});

test('a document that is not a report is not valid', () => {
  const { totals: _, ...without } = exampleReport();
  expect(validate(without)).toBe(false);
  expect(validate({ ...exampleReport(), more: 1 })).toBe(false);
});
