import { readFileSync } from 'node:fs';

/** Kernel settings that stop bubblewrap, each with the value that does and what to say. */
const SETTINGS: readonly { readonly file: string; readonly stops: string; readonly why: string }[] = [
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    stops: '0',
    why: 'user namespaces are for root only (kernel.unprivileged_userns_clone = 0)',
  },
  {
    file: '/proc/sys/user/max_user_namespaces',
    stops: '0',
    why: 'user namespaces are switched off (user.max_user_namespaces = 0)',
  },
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    stops: '1',
    why: 'AppArmor keeps user namespaces from bubblewrap (kernel.apparmor_restrict_unprivileged_userns = 1)',
  },
];

/** Parts of bubblewrap's messages, and what they mean. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/SECCOMP/i, 'the kernel refuses seccomp filters'],
  [/Can't find source path (?<path>\S+): Permission denied/, 'programs that run as nobody cannot read $<path>'],
  [/RTM_NEWADDR|uid map/, 'the system gives bubblewrap a user namespace without rights in it'],
  [
    /new namespace|No permissions|Operation not permitted/,
    'user namespaces are refused, as in a container that is not allowed to make them',
  ],
];

/** Why bubblewrap does not work here, in one line, from its words and the kernel's settings. */
export function whyBubblewrapFailed(stderr: string): string {
  const setting = SETTINGS.find(({ file, stops }) => read(file) === stops);
  if (setting) return setting.why;
  const line = stderr.trim().split('\n').at(-1) ?? '';
  for (const [pattern, why] of MESSAGES) {
    const found = pattern.exec(line);
    if (found) return why.replace('$<path>', found.groups?.['path'] ?? '');
  }
  return `the self-test of bubblewrap failed${line === '' ? '' : `: ${line}`}`;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return undefined;
  }
}
