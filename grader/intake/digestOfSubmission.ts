import { createHash } from 'node:crypto';
import type { Submission } from '../model/submission.ts';

/** The digest of a submission: of its files and, if it lacks something, also of what and why. */
export function digestOfSubmission({ files, unusable }: Pick<Submission, 'files' | 'unusable'>): string {
  const hash = createHash('sha256');
  for (const [path, text] of files) hash.update(`${path}\0${Buffer.byteLength(text)}\0`).update(text);
  for (const [path, reason] of unusable) hash.update(`\0${path}\0${reason}`);
  return hash.digest('hex');
}
