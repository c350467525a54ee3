import { expect, test } from '@jest/globals';
import { readOnnx } from './readOnnx.ts';
import { endOf } from '../test/endOf.ts';
import { chain, external, floats, modelOf } from '../test/writeOnnx.ts';

const factors = floats(1, 2, 3);

/** A model that multiplies by one tensor after another, each in a file of its own. */
const modelIn = (...locations: readonly string[]): Uint8Array =>
  modelOf([
    ...locations.map((location, i) => external(`w${i}`, [3, 1, 1], { location })),
    ...chain(...locations.map((_, i) => ({ operator: 'Mul', inputs: [`w${i}`] }))),
  ]);

const end = (locations: readonly string[], files: Readonly<Record<string, Uint8Array>>) =>
  endOf('first.onnx', { 'first.onnx': modelIn(...locations), ...files });

test.each(['model.onnx.data', './model.onnx.data', 'weights'])(
  'weights that are in %j are read from the file that was renamed with the model',
  (location) => {
    const read = (files: Readonly<Record<string, Uint8Array>>, locations: readonly string[]) =>
      readOnnx('first.onnx', new Map(Object.entries({ 'first.onnx': modelIn(...locations), ...files })));
    const renamed = read({ 'first.onnx.data': factors }, [location, location]);
    expect(renamed).toEqual(read({ [location.replace('./', '')]: factors }, [location, location]));
  },
);

test('a file that is there under its own name is read, whatever is beside it', () => {
  const good = { 'model.onnx.data': factors, 'first.onnx.data': new Uint8Array(1) };
  expect(end(['model.onnx.data'], good)).toBe('read');
});

test.each([
  ['two files are missing', ['a.data', 'b.data']],
  ['the renamed file is named, too', ['a.data', 'first.onnx.data']],
])('if %s, none is guessed', (_, locations) => {
  expect(end(locations, { 'first.onnx.data': factors })).toMatch(
    /^refused: .* is in "a\.data", which is not there; export with external_data=False$/,
  );
});

test.each(['../model.onnx.data', '/etc/passwd', 'file:///etc/passwd'])('%j is refused', (location) => {
  expect(end([location], { 'first.onnx.data': factors })).toMatch(/outside of the model's folder; export with/);
});

test('if there is no second file, the message says under which name it would be taken', () => {
  expect(end(['model.onnx.data'], {})).toMatch(
    /is in "model\.onnx\.data", which is not there; hand it in as first\.onnx\.data, or export with external_data=False$/,
  );
});
