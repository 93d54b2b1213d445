const reports = new WeakSet<Error>();
let listening = false;

/**
 * Lets a process that nobody keeps from it end with the report of `error` and exit code 1, where Node.js would print
 * the line of the library that threw and a stack. It lasts for this turn of the event loop, by whose end an error
 * that nobody caught has ended the process.
 */
export function endsWithReport(error: Error): Error {
  reports.add(error);
  if (!listening) {
    listening = true;
    process.on('uncaughtException', end);
    setImmediate(() => {
      listening = false;
      process.off('uncaughtException', end);
    });
  }
  return error;
}

function end(uncaught: Error): void {
  process.off('uncaughtException', end);
  if (!reports.has(uncaught)) throw uncaught;
  console.error(uncaught.message);
  process.exit(1);
}
