import { createInterface } from 'node:readline/promises';
import { terminalText } from '../output/terminal-text';

/** Asks a question on the terminal; anything but yes is no. */
export async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${terminalText(question)} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
