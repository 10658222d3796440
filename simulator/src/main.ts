import { pino } from 'pino';
import { readEnv } from './env.ts';
import { createSimulator } from './server.ts';

const env = readEnv();
const logger = pino({ name: 'simulator', level: env.SIMULATOR_LOG_LEVEL });
const simulator = createSimulator({
  host: env.SIMULATOR_HOST,
  apiKeys: env.SIMULATOR_API_KEYS,
  controlToken: env.SIMULATOR_CONTROL_TOKEN,
  logPath: env.SIMULATOR_LOG,
  graceMs: env.SIMULATOR_GRACE_MS,
  pace: {
    tokensPerSecond: env.SIMULATOR_TOKENS_PER_SECOND,
    firstTokenMs: env.SIMULATOR_FIRST_TOKEN_MS,
    batchItemsPerSecond: env.SIMULATOR_BATCH_ITEMS_PER_SECOND,
  },
  onError: (error) => logger.error({ err: error }, 'request failed inside the simulator'),
});

let stopping = false;
async function stop(signal: NodeJS.Signals): Promise<void> {
  // A second signal means that somebody is tired of waiting.
  if (stopping) process.exit(1);
  stopping = true;
  logger.info({ signal }, 'simulator stopping');
  await simulator.close();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

logger.info({ url: await simulator.listen(env.SIMULATOR_PORT) }, 'simulator listening');
