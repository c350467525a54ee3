import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** Who runs this: as git knows them, or else the system; empty where neither does. */
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
