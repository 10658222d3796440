import { join } from 'node:path';
import { z } from 'zod';
import { startCluster } from './cluster.ts';
import { startGateway } from './gateway.ts';

/** The embedded Supabase as one process: PostgreSQL, and in front of it sign-in and the Data API. */
const env = z
  .object({
    EMBEDDED_HOME: z.string().min(1),
    EMBEDDED_DB_PORT: z.coerce.number().int(),
    EMBEDDED_PORT: z.coerce.number().int(),
    EMBEDDED_ADMIN_PASSWORD: z.string().min(16),
    EMBEDDED_OWNER_PASSWORD: z.string().min(16),
    EMBEDDED_JWT_SECRET: z.string().min(32),
    EMBEDDED_PUBLISHABLE_KEY: z.string().min(1),
    EMBEDDED_SITE_URL: z.url(),
  })
  .parse(process.env);

const cluster = await startCluster({
  dataDir: join(env.EMBEDDED_HOME, 'postgres'),
  port: env.EMBEDDED_DB_PORT,
  adminPassword: env.EMBEDDED_ADMIN_PASSWORD,
  ownerPassword: env.EMBEDDED_OWNER_PASSWORD,
  onLog: (line) => process.stdout.write(`${line}\n`),
});
const gateway = await startGateway({
  ownerUrl: `postgresql://postgres:${env.EMBEDDED_OWNER_PASSWORD}@127.0.0.1:${env.EMBEDDED_DB_PORT}/postgres?sslmode=disable`,
  port: env.EMBEDDED_PORT,
  jwtSecret: env.EMBEDDED_JWT_SECRET,
  publishableKey: env.EMBEDDED_PUBLISHABLE_KEY,
  siteUrl: env.EMBEDDED_SITE_URL,
  mailboxDir: join(env.EMBEDDED_HOME, 'mailbox'),
  storageDir: join(env.EMBEDDED_HOME, 'storage'),
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await gateway.close();
  await cluster.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
process.send?.('ready');
