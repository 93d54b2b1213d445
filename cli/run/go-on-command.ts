/** The command line that goes on, fit to be pasted into a shell. */
export function goOnCommand(argv: readonly string[]): string {
  return shellCommand(['cdk8s-rhdh', ...argv]);
}

/** The command line that goes back from what `migrate` did, with the options that both have. */
export function goBackCommand([, ...argv]: readonly string[]): string {
  const ofMigrate = new Set(['--gitops-paused', '--dry-run']);
  return goOnCommand(['rollback', ...argv.filter((word) => !ofMigrate.has(word))]);
}

/** A command fit to be pasted into a shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
