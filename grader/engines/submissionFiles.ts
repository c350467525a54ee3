import { hostname } from 'node:os';
import * as z from 'zod';
import { parsedJson } from '../common/parsedJson.ts';
import { digestOfSubmission } from '../intake/digestOfSubmission.ts';
import { MachineFault } from '../model/errors.ts';
import type { Job } from './Job.ts';

/** No submission can be read now: what serves them does not answer. It is no fault of a job. */
export class SourceFault extends MachineFault {}

/** Where a machine that grades gets submissions by their digests: texts as `FilesByDigest` keeps them. */
export interface SubmissionSource {
  /**
   * Undefined if it is missing or damaged.
   *
   * @throws SourceFault if none can be read now
   */
  read(digest: string): Promise<string | undefined>;
}

const Files = z.array(z.tuple([z.string(), z.string()]));

/**
 * The files of a job's submission.
 *
 * @throws MachineFault unless they are those that its digest names
 */
export async function readFiles(source: SubmissionSource, { submission }: Job): Promise<Map<string, string>> {
  const { digest, unusable } = submission;
  const text = await source.read(digest);
  if (text === undefined)
    throw new MachineFault(`the submission ${digest.slice(0, 12)} cannot be read on ${hostname()}`);
  const files = Files.safeParse(parsedJson(text));
  const found = files.success ? new Map(files.data) : undefined;
  if (!found || digestOfSubmission({ files: found, unusable: new Map(unusable) }) !== digest)
    throw new MachineFault(`the submission ${digest.slice(0, 12)} is damaged; its bytes are not those of its digest`);
  return found;
}
