import { spawnSandboxed } from '../../../../grader/isolation/spawnSandboxed.ts';
import { findSandbox } from '../../../../grader/isolation/findSandbox.ts';

/** Stands for a grader that is killed: has one endless program at work, and says when. */
const child = spawnSandboxed(await findSandbox(process.cwd()), {
  argv: [process.execPath, '-e', 'console.log("at work"); for (;;);'],
  readable: [],
  limits: { memoryMiB: 256, cpuSeconds: 20 },
});
child.stdout!.pipe(process.stdout);
