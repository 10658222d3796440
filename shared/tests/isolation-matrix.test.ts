import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readExecutable } from '../src/testing/isolation/catalogue.ts';
import {
  type Matrix,
  type Outcome,
  openMatrix,
  runMatrix,
} from '../src/testing/isolation/matrix.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

/** Reviewed by people. To write it anew after a change meant to widen or narrow it: REVIEW_CELLS=1 npm test. */
const reviewed = join(import.meta.dirname, 'allowed-cells.txt');

let db: TestDatabase;
let matrix: Matrix;
let outcome: Outcome;
let executable: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  matrix = await openMatrix(db);
  const began = performance.now();
  outcome = await runMatrix(matrix);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const roles = [...new Set(matrix.subjects.map(({ role }) => role))].sort();
  executable = await readExecutable(db.admin, roles);
  process.stdout.write(
    `isolation matrix: ${outcome.cells} cells, ${outcome.leaks.length} leaks, ${seconds} s\n`,
  );
  if (process.env.REVIEW_CELLS)
    writeFileSync(reviewed, `${[...outcome.allowed, '', ...executable].join('\n')}\n`);
}, 120_000);
afterAll(() => db.close());

describe('the isolation matrix', () => {
  test('reaches every table of every organisation with a row to lose', async () => {
    const empty: string[] = [];
    for (const { name } of matrix.tables.filter(({ isTenant }) => isTenant)) {
      const { rowCount } = await db.admin.query(`select from ${name} where org_id = $1`, [
        matrix.other.orgId,
      ]);
      if (!rowCount) empty.push(name);
    }
    expect(empty).toEqual([]);
  });

  test('lets nobody read, write, move, delete or guess what is another organisation’s', () => {
    expect(outcome.leaks).toEqual([]);
  });

  test('allows what the reviewed list says, and no cell or function more or less', () => {
    expect(existsSync(reviewed)).toBe(true);
    const lines = readFileSync(reviewed, 'utf8').trim().split('\n');
    expect([...outcome.allowed, '', ...executable]).toEqual(lines);
  });
});
