import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/gradeFiles.ts';

const PROGRAMS = ['slurmctld', 'slurmd', 'sbatch', 'munged', 'unshare', 'ip'];

/** Why no Slurm cluster can be started here; undefined if one can. */
export function whyNoSlurm(): string | undefined {
  const missing = PROGRAMS.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length > 0) return `${missing.join(', ')} not installed`;
  const isAllowed = spawnSync('unshare', [
    '--net',
    '--pid',
    '--fork',
    'ip',
    'link',
    'add',
    'name',
    'bridge',
    'type',
    'bridge',
  ]);
  return isAllowed.status === 0 ? undefined : 'no networks can be made here';
}

/** Runs a shell command on a cluster of three nodes of its own; returns its exit code. */
export async function onSlurm(command: string, cwd: string): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-slurm-'));
  const namespaces = ['--net', '--pid', '--mount-proc', '--fork', '--kill-child'];
  const script = join(ROOT, 'tests/e2e/engines/cluster.sh');
  try {
    const child = spawn('unshare', [...namespaces, script, folder, 'bash', '-c', command], { cwd, stdio: 'ignore' });
    return await new Promise((resolve) => child.once('close', resolve));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
