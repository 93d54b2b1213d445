const base = require('./jest.config.js');

/** The package as it is published, and the description of its API. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/package/**/*.test.ts'],
  // Each builds the package, into one folder.
  maxWorkers: 1,
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
};
