import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** Who runs this: git's user.name, or else the login name; empty if neither is known. */
export function ownName(): string {
  const { stdout } = spawnSync('git', ['config', 'user.name'], { encoding: 'utf8', timeout: 5000 });
  const name = stdout?.trim();
  if (name) return name;
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
