import { readFileSync } from 'node:fs';

/** The install commands of families of Linux systems, by the `ID` and `ID_LIKE` of os-release. */
const INSTALL: readonly (readonly [family: string, command: string])[] = [
  ['debian', 'apt-get install -y'],
  ['fedora', 'dnf install -y'],
  ['rhel', 'dnf install -y'],
  ['suse', 'zypper install -y'],
  ['arch', 'pacman -S'],
  ['alpine', 'apk add'],
];

/** The command that installs a package on this system. */
export function installCommand(packageName: string, release = osRelease()): string {
  const families = new Set(
    [...release.matchAll(/^ID(?:_LIKE)?="?(?<ids>[^"\n]*)"?$/gmu)].flatMap(({ groups }) => groups!['ids'].split(' ')),
  );
  const known = INSTALL.find(([family]) => families.has(family));
  return known ? `${known[1]} ${packageName}` : `install the package ${packageName}`;
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
