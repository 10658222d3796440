import { createTokenVerifier } from '@devsphere/shared/auth/verify-token.ts';
import { readEnv } from '@devsphere/shared/env.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { onShutdown } from '@devsphere/shared/shutdown.ts';
import { apiEnv } from './env.ts';
import { startApi } from './start-api.ts';

/** Requests and streams end in less. */
const secondsToStop = 30;

const env = readEnv(apiEnv, process.env);
const log = createLogger('api', env.LOG_LEVEL);
const perMinute = env.API_REQUESTS_PER_MINUTE && {
  points: env.API_REQUESTS_PER_MINUTE,
  seconds: 60,
};
const api = await startApi({
  databaseUrl: env.DATABASE_URL,
  connections: env.DATABASE_CONNECTIONS,
  verifyToken: createTokenVerifier({
    supabaseUrl: env.SUPABASE_URL,
    jwtSecret: env.SUPABASE_JWT_SECRET ?? null,
  }),
  host: env.API_HOST,
  port: env.API_PORT,
  trustedProxies: env.TRUSTED_PROXIES,
  isSecure: env.API_PUBLIC_URL?.startsWith('https:') ?? false,
  storage: env.SUPABASE_PUBLISHABLE_KEY
    ? {
        supabaseUrl: env.SUPABASE_URL,
        publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
        jwtSecret: env.SUPABASE_JWT_SECRET ?? null,
      }
    : null,
  ...(perMinute ? { limits: { person: perMinute, apiKey: perMinute } } : {}),
  outgoing: {
    sealingKey: env.SECRETS_PUBLIC_KEY,
    allowPrivateAddresses: env.WEBHOOK_ALLOW_PRIVATE,
  },
  log,
});
onShutdown(log, secondsToStop, [['api', api.stop]]);
log.info({ url: api.url }, 'ready');
process.send?.('ready');
