const base = require('./jest.config.js');

/** What is compared with the libraries in Go that Kubernetes and the operator use. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/{go,hubs}/**/*.test.ts'],
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/test/no-skipped-tests.js'],
};
