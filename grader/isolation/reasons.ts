import { readFileSync } from 'node:fs';
import { installCommand } from './installCommand.ts';

/** What keeps a machine from the strict tier. */
export interface Reason {
  readonly why: string;
  /** What the person who runs this machine can do about it. */
  readonly remedy: string;
}

const NOT_HERE = 'grade on Linux on x86-64 or aarch64, in a virtual machine for example';

export const notLinux = (): Reason => ({
  why: `bubblewrap needs Linux, and this is ${process.platform}`,
  remedy: NOT_HERE,
});

export const unknownArchitecture = (): Reason => ({
  why: `there is no seccomp filter for ${process.arch}, only for x64 and arm64`,
  remedy: NOT_HERE,
});

export const notInstalled = (program: string, packageName: string): Reason => ({
  why: `${program} is not installed`,
  remedy: installCommand(packageName),
});

/** Kernel settings that stop bubblewrap, and the value that does. */
const SETTINGS: readonly (Reason & { readonly file: string; readonly stops: string })[] = [
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    stops: '0',
    why: 'user namespaces are for root only (kernel.unprivileged_userns_clone = 0)',
    remedy: 'sysctl -w kernel.unprivileged_userns_clone=1',
  },
  {
    file: '/proc/sys/user/max_user_namespaces',
    stops: '0',
    why: 'user namespaces are switched off (user.max_user_namespaces = 0)',
    remedy: 'sysctl -w user.max_user_namespaces=15000',
  },
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    stops: '1',
    why: 'AppArmor keeps user namespaces from bubblewrap (kernel.apparmor_restrict_unprivileged_userns = 1)',
    remedy:
      'apt-get install apparmor-profiles, then link bwrap-userns-restrict into /etc/apparmor.d and load it with apparmor_parser -r',
  },
];

/** Parts of bubblewrap's messages, and what they mean. */
const MESSAGES: readonly (Reason & { readonly pattern: RegExp })[] = [
  {
    pattern: /SECCOMP/i,
    why: 'the kernel refuses seccomp filters',
    remedy: 'a kernel with CONFIG_SECCOMP_FILTER, or a container that may use it',
  },
  {
    pattern: /Can't find source path (?<path>\S+): Permission denied/,
    why: 'programs run as the user nobody here, who cannot read $<path>',
    remedy: 'grade as an ordinary user, or make the folders above readable for all (chmod o+rx)',
  },
  {
    pattern: /new namespace|No permissions|not permitted|RTM_NEWADDR|uid map/,
    why: 'user namespaces are refused, as in a container that is not allowed to make them',
    remedy: 'start the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined',
  },
];

/** Why bubblewrap does not work here, according to its message and the kernel's settings. */
export function whyBubblewrapFailed(stderr: string): Reason {
  const setting = SETTINGS.find(({ file, stops }) => read(file) === stops);
  if (setting) return { why: setting.why, remedy: setting.remedy };
  const line = stderr.trim().split('\n').at(-1) ?? '';
  for (const { pattern, why, remedy } of MESSAGES) {
    const path = pattern.exec(line)?.groups?.['path'] ?? '';
    if (pattern.test(line)) return { why: why.replace('$<path>', () => path), remedy };
  }
  return {
    why: `the self-test of bubblewrap failed${line === '' ? '' : ` (${line})`}`,
    remedy: 'try it by hand: bwrap --unshare-all --ro-bind / / true',
  };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return undefined;
  }
}
