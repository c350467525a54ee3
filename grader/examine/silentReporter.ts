/** Jest prints nothing of its own: findings are sent as messages, and the terminal belongs to the grader. */
export default class SilentReporter {
  /** Suites that could not even be loaded have no findings; the log says why. */
  onTestResult(_test: unknown, { testExecError }: { readonly testExecError?: { readonly message: string } }): void {
    if (testExecError) console.error(testExecError.message);
  }

  onRunComplete(): void {}
}
