/** Those that take longest, the longest first: begun first, so that no core waits for the last of them alone. */
const LONG = [
  'conv2d-gemm/honesty.test.ts',
  'honesty.test.ts',
  'attacks/submissions.test.ts',
  'cli/class.test.ts',
  'e2e/unfairness.test.ts',
  'student/conv2d-gemm.test.ts',
  'release/standsAlone.test.ts',
  'cli/machine.test.ts',
  'browser/reports.test.ts',
  'intake/fuzz.test.ts',
  'assignments/newCommand.test.ts',
  'attacks/foreignFiles.test.ts',
  'e2e/pauses.test.ts',
  'compile/machineFaults.test.ts',
  'attacks/reference.test.ts',
];

/** The place of a file among the long ones; after all of them if it is none. */
function placeOf({ path }) {
  const place = LONG.findIndex((end) => path.endsWith(`/${end}`));
  return place < 0 ? LONG.length : place;
}

/** The order in which Jest runs the files of tests: the long ones, then the others by their names. */
export default class LongFirst {
  sort(tests) {
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b) || (a.path < b.path ? -1 : 1));
  }
  allFailedTests(tests) {
    return tests;
  }
  shard(tests) {
    return tests;
  }
  cacheResults() {}
}
