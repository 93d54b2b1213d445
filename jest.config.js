const { packScripts } = require('./scripts/pack-scripts.js');

// Here, in the one process that reads this file, and before Jest looks which files there are.
packScripts();

/** A line of these that no unit test runs is dead; `lib/rollout` and `lib/cli` are covered by the tests with a cluster. */
const covered = ['database', 'hub', 'manifest', 'orchestrator', 'rules', 'stages'];

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
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  testMatch: ['<rootDir>/main.test.ts', '<rootDir>/lib/**/*.test.ts', '<rootDir>/test/unit/**/*.test.ts'],
  collectCoverageFrom: ['lib/**/*.ts', '!lib/**/*.test.ts'],
  coverageReporters: ['text'],
  coverageThreshold: Object.fromEntries(covered.map((folder) => [`./lib/${folder}/`, { lines: 100 }])),
};
