import { spawnSandboxed } from '../../../../grader/isolation/spawnSandboxed.ts';
import { findSandbox } from '../../../../grader/isolation/findSandbox.ts';

/** Acts as a grader that is killed: runs one program that no limit ends soon, and prints when it has started. */
const child = spawnSandboxed(await findSandbox(process.cwd()), {
  argv: [process.execPath, '-e', 'console.log("at work"); for (;;);'],
  readable: [],
  limits: { memoryMiB: 256, cpuSeconds: 3600 },
});
child.stdout!.pipe(process.stdout);
