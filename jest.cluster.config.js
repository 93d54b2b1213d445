const base = require('./jest.config.js');

/** The official client is an ES module, as is what it depends on: jest gets them transformed to CommonJS. */
const esModules = ['@kubernetes/client-node', 'jose', 'oauth4webapi', 'openid-client'];

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  transform: { '^.+\\.[jt]s$': base.transform['^.+\\.ts$'] },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  testMatch: ['<rootDir>/test/{cluster,move,pods}/**/*.test.ts'],
  globalSetup: '<rootDir>/test/cluster/global-setup.ts',
  globalTeardown: '<rootDir>/test/cluster/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
  // Most of the time a test waits for a server, so two at a time keep two cores busy.
  maxWorkers: 2,
  testTimeout: 600_000,
  // A test that fails in the middle leaves watches behind, and the run has to end nevertheless.
  forceExit: true,
};
