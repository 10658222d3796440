import type { Config } from 'jest';

/** Unit and integration tests; the browser tests have their own run (`scripts/test.ts`). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  roots: [
    '<rootDir>/shared',
    '<rootDir>/api',
    '<rootDir>/worker',
    '<rootDir>/simulator',
    '<rootDir>/scripts',
    '<rootDir>/supabase',
  ],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
} satisfies Config;
