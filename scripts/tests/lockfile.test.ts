import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Lockfile, missingFromLock } from '../system/lockfile.ts';

const root = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'package-lock.json'), 'utf8');

/** Versions with known holes below them: never go lower. */
const minimum: Record<string, string> = { next: '16.4.1' };

describe('the lockfile', () => {
  test('locks every optional package it names, so that npm ci accepts it on any machine', () => {
    expect(missingFromLock(JSON.parse(text) as Lockfile)).toEqual([]);
  });

  test('names no host a package came from', () => {
    expect(text).not.toMatch(/"resolved": "https?:/);
  });

  test.each(Object.entries(minimum))('%s is not below %s', (name, version) => {
    const { packages } = JSON.parse(text) as Lockfile;
    const locked = (packages[`node_modules/${name}`]?.version ?? '0.0.0').split('.').map(Number);
    const wanted = version.split('.').map(Number);
    const difference =
      wanted.map((part, index) => (locked[index] ?? 0) - part).find((part) => part !== 0) ?? 0;
    expect(difference).toBeGreaterThanOrEqual(0);
  });
});

test.each(['.', 'shared', 'api', 'worker', 'simulator', 'supabase', 'web'])(
  '%s pins every dependency exactly',
  (folder) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  },
);
