import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFolder } from '../writeHandout.ts';
import { publishedFiles } from './publishedFiles.ts';

/** `npm run package`: packs im2grade as courses install it, into the folder of its caller. */
const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const folder = mkdtempSync(join(tmpdir(), 'im2grade-package-'));
try {
  writeFolder(publishedFiles(ROOT), folder);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // npm runs scripts in the repository.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const { status } = spawnSync(npm, ['pack', folder, '--silent'], { cwd, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
