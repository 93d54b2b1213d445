const { packScripts } = require('./scripts/pack-scripts.js');

// Here, in the one process that reads this file, and before Jest looks which files there are.
packScripts();

/** A line of these that no unit test runs is dead; `cli/` is covered by the tests with a cluster. */
const covered = [
  'configuration',
  'database',
  'hub',
  'manifest',
  'operators',
  'orchestrator',
  'rules',
  'stages',
];

/** @type {import('jest').Config} */
module.exports = {
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  testEnvironment: 'node',
  roots: ['<rootDir>'],
  moduleNameMapper: { '^cdk8s-rhdh/(\\w+)$': '<rootDir>/lib/$1/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/cli/build/'],
  testMatch: [
    '<rootDir>/main.test.ts',
    '<rootDir>/{lib,cli}/**/*.test.ts',
    '<rootDir>/test/unit/**/*.test.ts',
  ],
  collectCoverageFrom: ['{lib,cli}/**/*.ts', '!**/*.test.ts', '!cli/build/**'],
  coverageReporters: ['text'],
  coverageThreshold: Object.fromEntries(covered.map((folder) => [`./lib/${folder}/`, { lines: 100 }])),
};
