/** Starts a stopwatch. @returns what tells the seconds since then */
export function stopwatch(): () => number {
  const begin = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - begin) / 1e9;
}
