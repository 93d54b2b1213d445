const base = require('./jest.config.js');

/** The Job of the migration, run between real servers. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/migration/**/*.test.ts'],
  // Most of the time a test waits for a server, so two at a time keep two cores busy.
  maxWorkers: 2,
  testTimeout: 600_000,
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
};
