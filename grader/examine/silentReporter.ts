/** A file that could not be run. */
interface ExecError {
  readonly message: string;
  readonly stack?: string;
}

const FIRST_FRAME = /^ +at .*$/mu;

/** Jest prints nothing of its own: findings are sent as messages, and the terminal belongs to the grader. */
export default class SilentReporter {
  /** Suites that could not even be loaded have no findings; the log says why. */
  onTestResult(_test: unknown, { testExecError }: { readonly testExecError?: ExecError }): void {
    if (!testExecError) return;
    const [frame = ''] = FIRST_FRAME.exec(testExecError.stack ?? '') ?? [];
    console.error(`${testExecError.message} ${frame.trim()}`.trim());
  }

  onRunComplete(): void {}
}
