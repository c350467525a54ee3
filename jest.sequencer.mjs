/** Minutes long each: begun first, so that no core waits for the last of them alone. */
const LONG = [
  'honesty.test.ts',
  'attacks/submissions.test.ts',
  'attacks/reference.test.ts',
  'attacks/foreignFiles.test.ts',
  'compile/machineFaults.test.ts',
  'cli/class.test.ts',
  'cli/machine.test.ts',
  'release/standsAlone.test.ts',
  'e2e/unfairness.test.ts',
  'browser/reports.test.ts',
  'student/conv2d-gemm.test.ts',
];

const isLong = ({ path }) => LONG.some((end) => path.endsWith(`/${end}`));

/** The order in which Jest runs the files of tests: the long ones, then the others by their names. */
export default class LongFirst {
  sort(tests) {
    return [...tests].sort((a, b) => isLong(b) - isLong(a) || (a.path < b.path ? -1 : 1));
  }
  allFailedTests(tests) {
    return tests;
  }
  shard(tests) {
    return tests;
  }
  cacheResults() {}
}
