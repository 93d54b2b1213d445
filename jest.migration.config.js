const base = require('./jest.config.js');

/** The Job of the migration, run between real servers. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/migration/**/*.test.ts'],
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
};
