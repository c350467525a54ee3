import { expect, test } from '@jest/globals';
import { hasPassword, shownLocation } from './location.ts';

test.each([
  'postgres://course:secret@db.example.org:5432/grades',
  'postgres://course:se/cr@et?@db.example.org/grades',
  'postgresql://course:secret@db.example.org/grades?sslmode=require',
  'postgres://course:s%40e@db.example.org/grades',
  'postgres://course@db.example.org/grades?password=secret&sslmode=require',
])('no part of the password of %s is shown', (location) => {
  expect(shownLocation(location)).toMatch(
    /^postgres(?:ql)?:\/\/course@db\.example\.org(?::5432)?\/grades(?:\?sslmode=require)?$/u,
  );
  expect(hasPassword(location)).toBe(true);
});

test.each([
  'reports/gradebook.db',
  'C:/my:odd@name.db',
  'postgres://course@db.example.org/grades',
  'postgres:///grades',
])('%s is shown as it is', (location) => {
  expect([shownLocation(location), hasPassword(location)]).toEqual([location, false]);
});
