/** The command line that goes on, fit to be pasted into a shell. */
export function goOnCommand(argv: readonly string[]): string {
  return shellCommand(['cdk8s-rhdh', ...argv]);
}

/** A command fit to be pasted into a shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
