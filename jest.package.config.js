const base = require('./jest.config.js');

/** The package as it is published, the description of its API, and the programs that a user starts. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/{package,programs}/**/*.test.ts'],
  // Those of the package build it, into one folder.
  maxWorkers: 1,
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
};
