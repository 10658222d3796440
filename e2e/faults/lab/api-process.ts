import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { testServer } from '@devsphere/shared/testing/test-server.ts';
import { freePort } from '../../../scripts/system/ports.ts';
import type { SentAnswer } from '../../canaries/record.ts';
import { LabProcess } from './lab-process.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const shiftClock = join(import.meta.dirname, 'shift-clock.ts');
const keepAnswers = join(root, 'e2e', 'canaries', 'keep-answers.ts');

export type ApiSettings = {
  databaseUrl: string;
  /** Connections of its pool; the product's own number unless told otherwise. */
  connections?: number;
  /** By how much its wall clock is ahead; negative for behind. */
  clockShiftMinutes?: number;
};

/** An API in a process of its own; what its answers tell of organisations is kept in a file of `folder`. */
export type ApiProcess = { process: LabProcess; url: string; answers: () => SentAnswer[] };

export async function startApiProcess(
  { databaseUrl, connections, clockShiftMinutes }: ApiSettings,
  folder: string,
): Promise<ApiProcess> {
  const port = await freePort();
  const answersFile = join(folder, `answers-${port}.jsonl`);
  const started = new LabProcess({
    program: join(root, 'api', 'src', 'main.ts'),
    preload: [...(clockShiftMinutes === undefined ? [] : [shiftClock]), keepAnswers],
    env: {
      DATABASE_URL: databaseUrl,
      API_PORT: String(port),
      // Tokens carry their signature, so nobody is asked.
      SUPABASE_URL: 'http://127.0.0.1:9',
      SUPABASE_JWT_SECRET: testServer.jwtSecret,
      API_REQUESTS_PER_MINUTE: '1000000',
      SECRETS_PUBLIC_KEY: testSealing.publicKey(),
      WEBHOOK_ALLOW_PRIVATE: '1',
      KEEP_ANSWERS: answersFile,
      LOG_LEVEL: 'info',
      ...(connections === undefined ? {} : { DATABASE_CONNECTIONS: String(connections) }),
      ...(clockShiftMinutes === undefined
        ? {}
        : { CLOCK_SHIFT_MINUTES: String(clockShiftMinutes) }),
    },
  });
  await started.ready();
  return {
    process: started,
    url: `http://127.0.0.1:${port}`,
    answers: () =>
      existsSync(answersFile)
        ? readFileSync(answersFile, 'utf8')
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as SentAnswer)
        : [],
  };
}
