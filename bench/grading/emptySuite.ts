import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, measureNode, ROOT } from '../measureCommand.ts';

/**
 * The yardstick of whole commands: starts Jest on one empty suite. Machines on which the kernels are equally fast differ in
 * that, because it starts processes, maps memory and reads many files, as a grading does.
 *
 * @param folder - an existing one; a project with the suite is made in it
 */
export function measureEmptySuite(folder: string): Promise<Measured> {
  const project = join(folder, 'empty');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'empty.test.js'), "test('nothing', () => {});\n");
  writeFileSync(join(project, 'package.json'), '{}\n');
  return measureNode([join(ROOT, 'node_modules/jest/bin/jest.js'), '--rootDir', project, '--runInBand'], project);
}
