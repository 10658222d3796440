import { analysisBenchmark } from './analysis/analysis-benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { fireBenchmark } from './fire/fire-benchmark.ts';
import { operatorBenchmark } from './operator/operator-benchmark.ts';
import { startBenchmark } from './start/start-benchmark.ts';
import { streamBenchmark } from './stream/stream-benchmark.ts';
import { submitBenchmark } from './submit/submit-benchmark.ts';

/** By the name `npm run bench` takes. */
export const benchmarks: Record<string, Benchmark> = {
  submit: submitBenchmark,
  start: startBenchmark,
  stream: streamBenchmark,
  fire: fireBenchmark,
  operator: operatorBenchmark,
  analysis: analysisBenchmark,
};
