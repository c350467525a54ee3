import { DefaultReporter } from '@jest/reporters';
import { formatResultsErrors } from 'jest-message-util';

/** A function that throws this is not written yet: its message says all, and a stack adds nothing. */
const isUnwritten = ({ failureDetails }) =>
  failureDetails.length > 0 && failureDetails.every((error) => error?.name === 'NotImplementedError');

/**
 * Jest's own reporter, except for tests of functions that are not written yet: the process that started Jest receives
 * all results, and prints those tests by function.
 */
export default class HandoutReporter extends DefaultReporter {
  /** Needed only above something that is printed for this file. */
  printTestFileHeader(path, config, result) {
    const isShown = result.testExecError || result.console || result.testResults.some(isShownInFull);
    if (isShown) super.printTestFileHeader(path, config, result);
  }

  printTestFileFailureMessage(path, config, result) {
    const shown = result.testResults.filter((test) => !isUnwritten(test));
    const failureMessage = result.testExecError
      ? result.failureMessage
      : formatResultsErrors(shown, config, this._globalConfig, path);
    super.printTestFileFailureMessage(path, config, { ...result, failureMessage });
  }

  onRunComplete(contexts, { testResults }) {
    super.onRunComplete(contexts, { testResults });
    process.send?.(testResults.map(messageOf));
  }
}

const isShownInFull = (test) => test.status === 'failed' && !isUnwritten(test);

/** One file of tests; `readResults.ts` reads it. */
const messageOf = ({ testFilePath, testExecError, testResults }) => ({
  path: testFilePath,
  fault: testExecError?.message,
  tests: testResults.map((test) => ({
    ancestorTitles: test.ancestorTitles,
    title: test.title,
    status: test.status,
    isUnwritten: isUnwritten(test),
    failure: test.failureMessages[0],
  })),
});
