import { readEnv } from '@devsphere/shared/env.ts';
import { z } from 'zod';
import { prepareDatabase } from './system/prepare-database.ts';

/** Brings a database up to date and ends: migrations as the owner, the password of our login, queues. */
const env = readEnv(
  z.object({
    MIGRATION_DATABASE_URL: z.url(),
    DATABASE_URL: z.url(),
    DEVSPHERE_APP_PASSWORD: z.string().min(16, 'must have at least 16 characters'),
  }),
  process.env,
);
await prepareDatabase({
  owner: env.MIGRATION_DATABASE_URL,
  app: env.DATABASE_URL,
  appPassword: env.DEVSPHERE_APP_PASSWORD,
});
process.stdout.write('The database is up to date.\n');
