import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestServer } from '../shared/src/testing/start-test-server.ts';
import { templateName, testServer } from '../shared/src/testing/test-server.ts';
import { root } from './system/settings.ts';

/** Writes `shared/src/db/schema.generated.ts` from a freshly migrated database. Run it after adding a migration. */
const file = join(root, 'shared/src/db/schema.generated.ts');
const stop = await startTestServer();
try {
  execFileSync(
    join(root, 'node_modules', '.bin', 'kysely-codegen'),
    [
      '--dialect',
      'postgres',
      '--url',
      testServer.url('postgres', templateName),
      '--include-pattern',
      'public.*',
      '--out-file',
      file,
      '--type-only-imports',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  // Our pool reads bigint as number; see shared/src/db/database.ts.
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(
      /export type Int8 = .*/,
      'export type Int8 = ColumnType<number, number, number>;',
    ),
  );
} finally {
  await stop();
}
