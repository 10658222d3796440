import { analysisBenchmark } from './analysis/analysis-benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { costBenchmark } from './cost/cost-benchmark.ts';
import { drainBenchmark } from './drain/drain-benchmark.ts';
import { fireBenchmark } from './fire/fire-benchmark.ts';
import { operatorBenchmark } from './operator/operator-benchmark.ts';
import { recoveryBenchmark } from './recovery/recovery-benchmark.ts';
import { scaleBenchmark } from './scale/scale-benchmark.ts';
import { settleBenchmark } from './settle/settle-benchmark.ts';
import { startBenchmark } from './start/start-benchmark.ts';
import { streamBenchmark } from './stream/stream-benchmark.ts';
import { streamsBenchmark } from './streams/streams-benchmark.ts';
import { submitBenchmark } from './submit/submit-benchmark.ts';

/** By the name `npm run bench` takes. */
export const benchmarks: Record<string, Benchmark> = {
  submit: submitBenchmark,
  start: startBenchmark,
  settle: settleBenchmark,
  drain: drainBenchmark,
  cost: costBenchmark,
  recovery: recoveryBenchmark,
  scale: scaleBenchmark,
  stream: streamBenchmark,
  streams: streamsBenchmark,
  fire: fireBenchmark,
  operator: operatorBenchmark,
  analysis: analysisBenchmark,
};
