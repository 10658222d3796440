import type { Config } from 'jest';

const swc = (tsx: boolean) => ({
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx },
    transform: { react: { runtime: 'automatic' } },
  },
  module: { type: 'es6' },
});

/** Unit and integration tests; the browser tests have their own run (`scripts/test.ts`). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  roots: ['shared', 'api', 'worker', 'simulator', 'web', 'scripts', 'supabase', 'e2e/system'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/web/.next'],
  // Only what hangs takes so long, also where other work has the processors.
  testTimeout: 60_000,
  // Each file has a database of its own, so that they may run at once; Jest would leave one processor idle.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/scripts/system/longest-first.ts',
  // Components are rendered without their looks.
  moduleNameMapper: { '\\.css$': '<rootDir>/web/tests/no-style.ts' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc(false)], '^.+\\.tsx$': ['@swc/jest', swc(true)] },
} satisfies Config;
