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
};
