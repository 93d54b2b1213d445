/** Fails a run in which a test was skipped: a test that needs a server must not pass because the server is missing. */
module.exports = class NoSkippedTests {
  constructor({ testNamePattern }) {
    this.filtered = Boolean(testNamePattern);
  }

  onRunComplete(_contexts, { numPendingTests, numTodoTests, numPendingTestSuites }) {
    const skipped = numPendingTests + numTodoTests + numPendingTestSuites;
    if (skipped > 0 && !this.filtered) {
      this.error = new Error(`${skipped} tests or suites were skipped; none may be.`);
    }
  }

  getLastError() {
    return this.error;
  }
};
