import { availableParallelism } from 'node:os';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../../assignments/findAssignments.ts';
import { gradeOne } from '../../engines/gradeOne.ts';
import { programDigests } from '../../engines/gradingKey.ts';
import { HttpSubmissions } from '../../engines/HttpSubmissions.ts';
import { openRedis, shownRedis } from '../../engines/redis/openRedis.ts';
import { RedisWorker } from '../../engines/redis/RedisWorker.ts';
import { serveMetrics } from '../../engines/redis/serveMetrics.ts';
import { workerMetrics } from '../../engines/redis/workerMetrics.ts';
import { isS3Url, S3Submissions } from '../../engines/S3Submissions.ts';
import type { SubmissionSource } from '../../engines/submissionFiles.ts';
import { withSuiteRunners } from '../../examine/SuiteRunners.ts';
import { FilesByDigest } from '../../host/files/FilesByDigest.ts';
import { foundAt } from '../../host/files/foundAt.ts';
import { type IsolationChoice, sandboxFor } from '../../isolation/sandboxFor.ts';
import { UsageError } from '../../model/errors.ts';
import { count } from '../../report/text/numbers.ts';
import { addressOf, METRICS_OPTION, REDIS_OPTION, requireRedis } from '../engineOptions.ts';
import { lanesFor } from '../lanesFor.ts';
import { chosenCount, chosenGemm, ISOLATION_OPTION } from '../options.ts';
import { ownSignals } from './ownSignals.ts';
import { workerLog } from './workerLog.ts';
import { whenAborted } from '../../common/whenAborted.ts';
import { graderVersion } from '../../host/graderVersion.ts';

interface WorkerArguments {
  readonly engine: string;
  readonly assignment: string;
  readonly submissions: string;
  readonly jobs: string | undefined;
  readonly isolation: IsolationChoice;
  readonly lostAfter: string | undefined;
  readonly metricsPort: string | undefined;
  readonly json: boolean;
}

const LOST_AFTER = 15;
const LEAVE_MS = 1000;

/** `grade worker`: grades for collectors on other machines. */
export const workerCommand = (root: string): CommandModule<object, WorkerArguments> => ({
  command: 'worker',
  describe: 'Grade for grade class --engine redis://… on another machine, until it is stopped',
  builder: options as CommandModule<object, WorkerArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .option('engine', REDIS_OPTION)
    .option('assignment', { alias: 'a', type: 'string', demandOption: true, describe: 'What it grades' })
    .option('submissions', {
      type: 'string',
      demandOption: true,
      describe:
        'Where submissions are: the folder gradebook/submissions of the course, or http://COLLECTOR:PORT or s3://BUCKET/FOLDER (--serve)',
    })
    .option('jobs', {
      alias: 'j',
      type: 'string',
      defaultDescription: String(availableParallelism()),
      describe: 'Submissions at a time; a team’s speed is measured alone',
    })
    .option('isolation', ISOLATION_OPTION)
    .option('lost-after', {
      type: 'string',
      defaultDescription: `${LOST_AFTER}`,
      describe: 'Seconds of silence after which its jobs are given to other workers',
    })
    .option('metrics-port', METRICS_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Write the log as lines of JSON' })
    .example('$0 worker --engine redis://queue:6379 -a conv2d-gemm --submissions /course/gradebook/submissions', '')
    .example('$0 worker --engine rediss://queue:6379 -a conv2d-gemm --submissions http://collector:8080', '')
    .epilogue('Ctrl-C or SIGTERM ends it after the gradings under way; a second one at once. Others then make them.');

async function run(root: string, given: WorkerArguments): Promise<void> {
  const url = requireRedis(given.engine);
  const jobs = chosenCount('jobs', given.jobs) ?? availableParallelism();
  const lostAfterSeconds = chosenCount('lost-after', given.lostAfter) ?? LOST_AFTER;
  const assignment = findAssignment(root, given.assignment);
  const address = given.metricsPort === undefined ? undefined : addressOf('metrics-port', given.metricsPort);
  const log = await workerLog(given.json);
  const submissions = await submissionsAt(given.submissions, log.note);
  const gemm = chosenGemm();
  const sandbox = await sandboxFor(root, given.isolation, assignment);
  const lanes = lanesFor(jobs, log.note);
  const metrics = await workerMetrics(assignment.id);
  const endMetrics = address && (await serveMetrics(metrics.registry, address.port, address.host));
  const redis = await openRedis({ url, note: log.note });
  const { stopping, abandoning } = ownSignals();
  const ability = { assignment, program: programDigests(root, assignment), gemm, isolation: sandbox.tier };
  const version = graderVersion(root);
  await withSuiteRunners(async (suiteRunners) => {
    const means = { root, assignment, sandbox, lanes, suiteRunners, signal: abandoning };
    const worker = await RedisWorker.start({
      ...{ ...ability, redis, submissions, version, jobs, lanes: await lanes(), lostAfterSeconds },
      gradeOne: (order) => gradeOne(order, means),
      events: [log, metrics.events],
    });
    log.note(`grades ${assignment.id} for ${shownRedis(url)}, ${count(jobs, 'submission')} at a time`);
    await whenAborted(stopping);
    if (!abandoning.aborted) log.note('finishes the gradings under way; Ctrl-C again ends them at once');
    await Promise.race([worker.finish(), whenAborted(abandoning).then(() => worker.abandon())]);
  }).finally(() => {
    endMetrics?.();
    redis.disconnect();
    // Connections of the queue may still wait for a server that is gone.
    setTimeout(() => process.exit(), LEAVE_MS).unref();
  });
}

/** @throws UsageError if it is neither a folder nor an address */
async function submissionsAt(place: string, note: (line: string) => void): Promise<SubmissionSource> {
  if (isS3Url(place)) return S3Submissions.at(place);
  if (/^https?:\/\//u.test(place) && URL.canParse(place)) return new HttpSubmissions(place);
  const found = foundAt(place);
  if (place.includes('://') || (found && !found.isDirectory()))
    throw new UsageError(
      `--submissions ${place}: must be a folder, or an address like http://collector:8080 or s3://bucket/folder`,
    );
  if (!found) note(`${place} is not there; the first class makes it, if the gradebook is beside it`);
  return new FilesByDigest(place);
}
