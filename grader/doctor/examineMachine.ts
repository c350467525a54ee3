import { availableParallelism, release, totalmem } from 'node:os';
import { chooseGemm, GemmChoiceError } from '@im2grade/engine/run';
import { addressSpaceMiB, addressSpaceRemedy } from '../isolation/addressSpace.ts';
import { countsThreadsBySandbox, findSandbox } from '../isolation/findSandbox.ts';
import { installCommand } from '../isolation/installCommand.ts';
import { mechanismsOf } from '../isolation/mechanismsOf.ts';
import { findProgram } from '../isolation/findProgram.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import { machineFaultOf } from '../model/errors.ts';
import type { IsolationTier } from '../model/isolation.ts';
import type { Check } from './Diagnosis.ts';
import { type ProvenLanes, provenLanes } from './provenLanes.ts';
import { memoryLimitHolds, readSetting, versionOf } from './probes.ts';

/**
 * What this machine offers to a grading, and how to get what is missing.
 *
 * @param root - the repository's folder
 */
export async function examineMachine(root: string): Promise<{ tier: IsolationTier; checks: Check[] }> {
  const sandbox = await findSandbox(root);
  return {
    tier: sandbox.tier,
    checks: [
      isolation(sandbox),
      ...(process.platform === 'linux'
        ? [bubblewrap(), userNamespaces(sandbox), seccomp(), limits(), threads(), addressSpace()]
        : []),
      here('node', `${process.version}, ${process.platform} ${process.arch}`),
      here('cores', `${availableParallelism()}, ${Math.round(totalmem() / 2 ** 20)} MiB of memory`),
      await timing(),
      gemm(),
      openblas(),
    ],
  };
}

const here = (name: string, found: string): Check => ({ name, found, state: 'here', remedy: '' });
const missing = (name: string, found: string, remedy: string): Check => ({ name, found, state: 'missing', remedy });

function isolation(sandbox: Sandbox): Check {
  const means = mechanismsOf(sandbox).join(', ');
  if (sandbox.tier === 'strict') return here('isolation', `strict: ${means}`);
  const { why, remedy } = sandbox.obstacle!;
  return missing('isolation', `reduced (${why}): ${means}`, remedy);
}

function bubblewrap(): Check {
  const path = findProgram('bwrap');
  if (!path) return missing('bubblewrap', 'not installed', installCommand('bubblewrap'));
  return here('bubblewrap', `${versionOf(path)}, ${path}`);
}

function userNamespaces(sandbox: Sandbox): Check {
  const most = readSetting('/proc/sys/user/max_user_namespaces');
  if (sandbox.tier === 'strict') return here('user namespaces', `work, at most ${most}`);
  if (most === undefined) return missing('user namespaces', 'the kernel has none', 'a kernel with CONFIG_USER_NS');
  return { name: 'user namespaces', found: `at most ${most}, not proven to work`, state: 'absent', remedy: '' };
}

function seccomp(): Check {
  const actions = readSetting('/proc/sys/kernel/seccomp/actions_avail');
  if (actions === undefined) return missing('seccomp', 'no filters', 'a kernel with CONFIG_SECCOMP_FILTER');
  return here('seccomp', `filters that can ${actions.split(' ').join(', ')}`);
}

function limits(): Check {
  const path = findProgram('prlimit');
  if (!path) return missing('resource limits', 'prlimit is not installed', installCommand('util-linux'));
  if (memoryLimitHolds(path)) return here('resource limits', `${path}, --data holds`);
  return missing('resource limits', `${path}, but --data does not hold: the memory watch does`, 'Linux 4.7 or newer');
}

function threads(): Check {
  if (countsThreadsBySandbox(release()))
    return here('limit of threads', `counted for each sandbox (Linux ${release()})`);
  return missing('limit of threads', `not with Linux ${release()}`, 'Linux 5.14 or newer');
}

function addressSpace(): Check {
  const mib = addressSpaceMiB();
  if (mib === undefined) return here('address space', 'not limited');
  return missing('address space', `limited to ${mib} MiB`, addressSpaceRemedy(mib));
}

async function timing(): Promise<Check> {
  try {
    return timingOn(await provenLanes());
  } catch (error) {
    const fault = machineFaultOf(error);
    if (!fault) throw error;
    return missing('timing in a class', 'no process can be started for it', fault.message);
  }
}

function timingOn({ lanes, off }: ProvenLanes): Check {
  const found = `equal work on all cores at once differs by ${(100 * off).toFixed(1)} %`;
  if (lanes === 1 && availableParallelism() > 1)
    return missing(
      'timing in a class',
      `${found}: one submission at a time`,
      'end other programs that need the processor',
    );
  return here('timing in a class', `${found}: ${lanes} at a time`);
}

function gemm(): Check {
  return here('gemm', chooseGemm(undefined) === 'wasm-fused' ? 'WebAssembly with fused multiply-add' : 'WebAssembly');
}

function openblas(): Check {
  try {
    chooseGemm('openblas');
    return here('gemm by OpenBLAS', 'IM2GRADE_GEMM=openblas');
  } catch (error) {
    if (!(error instanceof GemmChoiceError)) throw error;
    const remedy = `npm install koffi; ${installCommand('libopenblas0')}`;
    return { name: 'gemm by OpenBLAS', found: error.message.replace(/^[^:]*: /, ''), state: 'absent', remedy };
  }
}
