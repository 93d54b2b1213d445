#!/usr/bin/env node
import { addCompletion } from './commands/completion';
import { createProgram } from './commands/program';

// A reader that goes away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

async function main(): Promise<void> {
  const program = createProgram();
  await addCompletion(program);
  await program.parseAsync(process.argv);
}

void main();
