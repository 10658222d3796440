import { createTokenVerifier } from '@devsphere/shared/auth/verify-token.ts';
import { createLogger, type Logger } from '@devsphere/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { testServer } from '@devsphere/shared/testing/test-server.ts';
import { type Api, type ApiOptions, startApi } from '../../api/src/start-api.ts';
import { createSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Agent } from '../../worker/src/agent/agent-client.ts';
import { createClaudeClient } from '../../worker/src/claude/client.ts';
import type { MailOptions } from '../../worker/src/mail/send-queued-mail.ts';
import { defaultRetryPlan, type RetryPlan } from '../../worker/src/outgoing/retry-plan.ts';
import { startWorker, type Worker } from '../../worker/src/start-worker.ts';
import type { ArtifactStore } from '../../worker/src/storage/artifact-store.ts';
import type { FileStore } from '../../worker/src/storage/file-store.ts';
import { findLeaks, type Seen } from '../canaries/find-leaks.ts';
import { plantCanaries } from '../canaries/plant.ts';
import { recordAnswers } from '../canaries/record.ts';
import { arrived } from './receiver.ts';

/** What links that answer approvals are made of in tests. */
export const linkSecret = 'a-secret-of-tests-for-links-in-mails';

export type StartWorker = {
  concurrency?: number;
  idleSeconds?: number;
  agent?: Agent | null;
  artifactStore?: ArtifactStore | null;
  mail?: MailOptions | null;
  files?: FileStore | null;
  /** When messages that were not taken are tried again; production's plan unless told otherwise. */
  plan?: RetryPlan;
};

export type System = {
  db: TestDatabase;
  simulator: Simulator;
  api: Api;
  /** Starts one more API, to be stopped by whoever asks. */
  startApi: () => Promise<Api>;
  /** Starts one more worker; stopped with the system unless stopped before. */
  startWorker: (options?: StartWorker) => Promise<Worker>;
  /** Where its processes log. */
  log: Logger;
  /**
   * Throws when somebody was sent what is another organisation's, or a log or job has what it never may. `elsewhere` is
   * what processes of their own have logged and answered.
   */
  stop: (elsewhere?: Pick<Seen, 'answers' | 'logged'>) => Promise<void>;
};

/** The API, the simulator and a database clone, over real HTTP; workers are started by the tests. */
export async function startSystem({
  limits,
  isSecure = false,
  allowPrivateAddresses = true,
  apiKeys = [],
  mayBreak = false,
}: Pick<ApiOptions, 'limits' | 'isSecure'> & {
  /** Whether messages may go to receivers on this machine. */
  allowPrivateAddresses?: boolean;
  /** Keys the simulator accepts; any when there are none. */
  apiKeys?: string[];
  /** Whether connections to the database are lost on purpose. */
  mayBreak?: boolean;
} = {}): Promise<System> {
  const db = await createTestDatabase({ mayBreak });
  const simulator = createSimulator({ apiKeys });
  const simulatorUrl = await simulator.listen();
  await plantCanaries(db.admin);
  const recording = recordAnswers();
  const arrivedBefore = arrived.length;
  const ports = new Set<number>();
  let logged = '';
  const log = createLogger('test', 'debug', {
    write: (line) => {
      logged += line;
    },
  });
  const startReplica = async () => {
    const replica = await startApi({
      databaseUrl: db.url,
      verifyToken: createTokenVerifier({
        supabaseUrl: 'http://127.0.0.1:9',
        jwtSecret: testServer.jwtSecret,
      }),
      host: '127.0.0.1',
      port: 0,
      outgoing: { sealingKey: testSealing.sealingKey(), allowPrivateAddresses },
      isSecure,
      ...(limits ? { limits } : {}),
      log,
    });
    ports.add(Number(new URL(replica.url).port));
    return replica;
  };
  const api = await startReplica();
  const workers = new Set<Worker>();
  return {
    db,
    simulator,
    api,
    startApi: startReplica,
    startWorker: async ({
      concurrency = 5,
      idleSeconds = 30,
      agent = null,
      artifactStore = null,
      mail = null,
      files = null,
      plan = defaultRetryPlan,
    } = {}) => {
      const worker = await startWorker({
        databaseUrl: db.url,
        claude: createClaudeClient({ apiKey: 'test', baseUrl: simulatorUrl }),
        claudeIdleSeconds: idleSeconds,
        agent,
        artifactStore,
        mail,
        files,
        outgoing: { keys: testSealing.openingKeys(), allowPrivateAddresses, plan },
        linkSecret,
        concurrency,
        name: `test-worker-${workers.size + 1}`,
        log,
      });
      workers.add(worker);
      return {
        ...worker,
        stop: async (grace) => {
          if (workers.delete(worker)) await worker.stop(grace);
        },
      };
    },
    log,
    stop: async (elsewhere = { answers: [], logged: '' }) => {
      await Promise.all([...workers].map((worker) => worker.stop(0)));
      await api.stop();
      const { calls } = (await (await fetch(`${simulatorUrl}/_control/calls`)).json()) as Pick<
        Seen,
        'calls'
      >;
      await simulator.close();
      recording.stop();
      const answers = recording.answers.filter(({ port }) => ports.has(port));
      const leaks = await findLeaks(db.admin, {
        answers: [...answers, ...elsewhere.answers],
        logged: logged + elsewhere.logged,
        calls,
        messages: arrived.slice(arrivedBefore).map(({ body }) => body),
      }).finally(() => db.close());
      if (leaks.length > 0)
        throw new Error(`canaries were seen:\n${leaks.slice(0, 20).join('\n')}`);
    },
  };
}
