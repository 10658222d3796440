import type { Benchmark } from '../benchmark.ts';
import { measureBurst } from './burst.ts';
import { openBossContender, openGraphileContender, openOurContender } from './contender.ts';
import { measureFloods } from './flood.ts';
import { measureLatency } from './latency.ts';
import { measureLateness } from './lateness.ts';

/** How soon a worker begins what was handed in: one now and then, many, all at once, later, and again. */
export const startBenchmark: Benchmark = {
  title: 'start: a worker begins a task',
  run: async (lab) => {
    const ours = await openOurContender();
    const boss = await openBossContender(lab);
    const graphile = await openGraphileContender(lab, 'usual');
    const local = await openGraphileContender(lab, 'local');
    try {
      const soon = await measureLatency(lab, [ours, boss, graphile], ours.submitter.test.url);
      const burst = await measureBurst(lab, [ours, graphile, local]);
      const later = await measureLateness(lab, ours, boss, graphile, soon.tripMilliseconds);
      const floods = await measureFloods(lab, [ours, graphile]);
      const reports = [soon, burst, later, floods];
      return {
        tables: reports.flatMap(({ tables }) => tables),
        thresholds: reports.flatMap(({ thresholds }) => thresholds),
      };
    } finally {
      for (const contender of [ours, boss, graphile, local]) await contender.close();
    }
  },
};
