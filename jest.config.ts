import type { Config } from 'jest';

/** Unit and integration tests; the browser tests have their own run (`scripts/test.ts`). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['shared', 'api', 'worker', 'simulator', 'web', 'scripts', 'supabase', 'e2e/system'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/web/.next'],
  testTimeout: 20_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
} satisfies Config;
