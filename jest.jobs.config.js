const base = require('./jest.config.js');

/** The scripts of the Jobs, run against real servers. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/jobs/**/*.test.ts'],
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
};
