import { describe, expect, test } from '@jest/globals';
import { cells } from '../faults/cells.ts';
import { runCell } from '../faults/run-cell.ts';

// The whole matrix is `npm run test:faults`; these few stand for it in every run.
const shortList = [
  'SIGKILL inside the settling commit',
  'connection cut between COMMIT and its reply at the API x20',
  'poison: kills its process',
];

describe('a fault loses nothing and repeats nothing', () => {
  test.each(shortList)(
    '%s',
    async (name) => {
      const cell = cells.find((known) => known.name === name);
      if (!cell) throw new Error('the matrix has no such cell');
      const { broken, lost, doubled, ledgerDifference } = await runCell(cell, 24, 11);
      expect(broken).toEqual([]);
      expect({ lost, doubled, ledgerDifference }).toEqual({
        lost: 0,
        doubled: 0,
        ledgerDifference: 0,
      });
    },
    120_000,
  );
});
