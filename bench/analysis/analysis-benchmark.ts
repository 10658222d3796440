import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/system/settings.ts';
import type { Benchmark } from '../benchmark.ts';

const limitMilliseconds = 50;
const venv =
  process.env.AGENT_VENV ?? join(process.env.DEVSPHERE_HOME ?? join(root, '.devsphere'), 'venv');

type Seen = { words: number; p50: number; p95: number; hostile: number };

/** How long the agent's on-page analysis of an article takes, in the agent's own Python. */
export const analysisBenchmark: Benchmark = {
  title: 'analysis: an article is analysed on-page',
  run: async () => {
    const { stdout } = await promisify(execFile)(
      join(venv, 'bin', 'python'),
      [join(import.meta.dirname, 'time_analysis.py')],
      { env: { ...process.env, PYTHONPATH: join(root, 'agent-service') } },
    );
    const { words, p50, p95, hostile }: Seen = JSON.parse(stdout);
    return {
      tables: [
        {
          title: 'one article',
          head: ['', 'p50 ms', 'p95 ms'],
          rows: [
            [`${words} words`, p50.toFixed(1), p95.toFixed(1)],
            ['the slowest of 14 texts made to be slow', hostile.toFixed(1), ''],
          ],
        },
      ],
      thresholds: [
        {
          what: 'on-page analysis of 2,000 words, p50',
          wanted: `≤ ${limitMilliseconds} ms`,
          seen: `${p50.toFixed(1)} ms`,
          met: words >= 2_000 && p50 <= limitMilliseconds,
        },
      ],
    };
  },
};
