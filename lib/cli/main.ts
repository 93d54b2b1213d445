#!/usr/bin/env node
import { createProgram } from './program';

// A reader that goes away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void createProgram().parseAsync(process.argv);
