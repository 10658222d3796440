import type { Benchmark } from '../benchmark.ts';
import { openBossContender, openGraphileContender, openOurContender } from './contender.ts';
import { measureLatency } from './latency.ts';
import { measureLateness } from './lateness.ts';

/** How soon a worker begins what was handed in, now and later. */
export const startBenchmark: Benchmark = {
  title: 'start: a worker begins a task',
  run: async (lab) => {
    const ours = await openOurContender();
    const boss = await openBossContender(lab);
    const graphile = await openGraphileContender(lab);
    try {
      const soon = await measureLatency(lab, [ours, boss, graphile], ours.submitter.test.url);
      const later = await measureLateness(lab, ours, boss, graphile);
      return {
        tables: [...soon.tables, ...later.tables],
        thresholds: [...soon.thresholds, ...later.thresholds],
      };
    } finally {
      for (const contender of [ours, boss, graphile]) await contender.close();
    }
  },
};
