import { readFileSync } from 'node:fs';

/** Adds up what `measure` reads from /proc about a process and its descendants; a process that is gone counts as 0. */
export function sumOverTree(pid: number, measure: (pid: number) => number): number {
  try {
    return measure(pid) + childrenOf(pid).reduce((sum, child) => sum + sumOverTree(child, measure), 0);
  } catch {
    return 0;
  }
}

/** From the kernel's list of children; without that list (CONFIG_PROC_CHILDREN) only the process itself is seen. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
