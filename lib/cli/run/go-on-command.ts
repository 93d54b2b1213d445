/** The command line that goes on, fit to be pasted into a shell. */
export function goOnCommand(argv: readonly string[]): string {
  return ['cdk8s-rhdh', ...argv].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
