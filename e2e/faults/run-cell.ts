import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from './cell.ts';
import { expectEndings } from './endings.ts';
import { judge, type Verdict } from './judge.ts';
import { keepAnswering } from './keep-answering.ts';
import { Lab } from './lab/lab.ts';
import { onOwnServer } from './lab/own-server.ts';
import { drain } from './load.ts';
import { randomOf } from './random.ts';
import { replayEvents } from './replay-events.ts';
import { watch } from './watch.ts';

export type CellResult = Verdict & {
  name: string;
  seconds: number;
  survived: boolean;
  /** What it measured. */
  facts: string[];
};

/** What a worker may keep beyond what it needed before the fault. */
const mostGrowth = 1.15;

/** A world of its own, the fault under load, the drain, and every invariant. Never rejects: what went wrong is a broken promise too. */
export async function runCell(cell: Cell, tasks: number, seed: number): Promise<CellResult> {
  const began = performance.now();
  const facts: string[] = [];
  let verdict: Verdict = { tasks: 0, broken: [], lost: 0, doubled: 0, ledgerDifference: 0 };
  const broken: string[] = [];
  const attempt = async (step: () => Promise<string[] | undefined>) => {
    try {
      broken.push(...((await step()) ?? []));
    } catch (error) {
      broken.push(error instanceof Error ? error.message : String(error));
    }
  };
  const random = randomOf(seed);
  await attempt(() =>
    onOwnServer(cell.server, async (server) => {
      const lab = await Lab.open(server);
      const endWatch = watch(lab);
      const endAnswering = keepAnswering(lab);
      await attempt(async () => {
        await lab.control('PUT', 'pace', { tokens_per_second: 400, first_token_ms: 50 });
        await cell.run({ lab, tasks, random, note: (fact) => facts.push(fact) });
        await drain(lab);
        const stopped = await expectEndings(lab, cell, tasks);
        if (stopped > 0) facts.push(`${stopped} of ${lab.cancellations.size} stopped when asked`);
        return undefined;
      });
      await attempt(async () => {
        const answered = await endAnswering();
        if (answered > 0) facts.push(`${answered} approvals answered`);
        return undefined;
      });
      await attempt(endWatch);
      await attempt(() => replayEvents(lab, random));
      await attempt(async () => {
        const growth = await lab.growth();
        if (growth.length > 0) facts.push(`memory ${percent(Math.max(...growth))}`);
        return growth.flatMap((factor) =>
          factor > mostGrowth ? [`r1: a worker keeps memory: ${percent(factor)}`] : [],
        );
      });
      await attempt(async () => {
        verdict = await judge(lab);
        return verdict.broken;
      });
      await attempt(() => lab.dismiss());
      await attempt(async () => {
        if (broken.length > 0) await lab.saveLogs(logsOf(cell));
        await lab.close();
        return undefined;
      });
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const survived = broken.length === 0;
  return { ...verdict, broken, facts, name: cell.name, seconds, survived };
}

/** Where the logs of a cell that broke are. */
export const logsOf = ({ name }: Pick<Cell, 'name'>): string =>
  join(
    tmpdir(),
    'devsphere-faults',
    name
      .toLowerCase()
      .replaceAll('+', 'plus ')
      .replaceAll(' -', ' minus ')
      .replaceAll(/[^a-z0-9]+/g, '-'),
  );

const percent = (factor: number) => `${factor < 1 ? '' : '+'}${((factor - 1) * 100).toFixed(0)} %`;
