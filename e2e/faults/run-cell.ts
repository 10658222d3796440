import type { Cell } from './cell.ts';
import { judge, type Verdict } from './judge.ts';
import { Lab } from './lab.ts';
import { drain } from './load.ts';

export type CellResult = Verdict & { name: string; seconds: number; survived: boolean };

/** A world of its own, the fault under load, the drain, and every invariant. Never rejects: what went wrong is a broken promise too. */
export async function runCell(cell: Cell, tasks: number, seed: number): Promise<CellResult> {
  const began = performance.now();
  let verdict: Verdict = { tasks: 0, broken: [], lost: 0, doubled: 0, ledgerDifference: 0 };
  const troubles: string[] = [];
  const lab = await Lab.open();
  try {
    try {
      await lab.control('PUT', 'pace', { tokens_per_second: 400, first_token_ms: 50 });
      await cell.run({ lab, tasks, random: randomOf(seed) });
      await drain(lab);
    } catch (error) {
      troubles.push(error instanceof Error ? error.message : String(error));
    }
    verdict = await judge(lab);
  } catch (error) {
    troubles.push(error instanceof Error ? error.message : String(error));
  } finally {
    await lab.close();
  }
  const broken = [...troubles, ...verdict.broken];
  const seconds = (performance.now() - began) / 1000;
  return { ...verdict, broken, name: cell.name, seconds, survived: broken.length === 0 };
}

/** Numbers that repeat for the same seed (mulberry32, Tommy Ettinger, public domain). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
