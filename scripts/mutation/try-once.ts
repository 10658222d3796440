import { createTestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { tryTwins } from '@devsphere/shared/testing/twins/try-twins.ts';

/** One try of two organisations on a database of its own; ends with 1 when something of one got into the other. */
const test = await createTestDatabase();
let failures: string[] = [];
try {
  ({ failures } = await tryTwins(test));
} finally {
  await test.close();
}
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.exit(failures.length > 0 ? 1 : 0);
