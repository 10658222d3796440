import { type Matrix, openMatrix, runMatrix } from '@devsphere/shared/testing/isolation/matrix.ts';
import {
  type Mutation,
  policyMutations,
  questionMutations,
} from '@devsphere/shared/testing/isolation/mutations.ts';
import { startTestServer } from '@devsphere/shared/testing/start-test-server.ts';
import { createTestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { tryFilters } from './mutation/try-filters.ts';
import { tryScopes } from './mutation/try-scopes.ts';

/**
 * Takes every safeguard of isolation away, one at a time. Those of the database must show in the isolation matrix, those of
 * the API's routes in what keys without the scope are answered, those of our queries and commands in what somebody gets who
 * belongs to two organisations.
 */
const say = (line: string) => process.stdout.write(`${line}\n`);
const stopServer = await startTestServer();
const test = await createTestDatabase();
let survived: string[] = [];
try {
  const matrix = await openMatrix(test);
  const policies = await policyMutations(test.admin);
  const questions = await questionMutations(test.admin);
  survived = await tryEach(matrix, [...policies, ...questions]);
  const scopes = await tryScopes();
  const filters = await tryFilters();
  survived.push(...scopes.survived, ...filters.survived);
  const total = policies.length + questions.length + scopes.total + filters.total;
  for (const what of survived) say(`survived  ${what}`);
  say(`mutations killed ${total - survived.length} / ${total}`);
} finally {
  await test.close();
  await stopServer();
}
process.exit(survived.length === 0 ? 0 : 1);

async function tryEach(matrix: Matrix, mutations: Mutation[]): Promise<string[]> {
  const alive: string[] = [];
  const expected = new Map<string, string>();
  for (const mutation of mutations) {
    const part = partOf(matrix, mutation.where);
    const read = async () => {
      const { leaks, allowed } = await runMatrix(matrix, part);
      return JSON.stringify({ leaks, allowed });
    };
    const before = expected.get(mutation.where) ?? (await read());
    expected.set(mutation.where, before);
    for (const statement of mutation.apply) await test.admin.query(statement);
    if ((await read()) === before) alive.push(mutation.what);
    for (const statement of mutation.restore) await test.admin.query(statement);
  }
  return alive;
}

/** The cells that should notice: those of the table, or for a function everything that may ask it. */
function partOf(
  { tables, callables }: Matrix,
  where: string,
): Pick<Matrix, 'tables' | 'callables'> {
  const touched = tables.filter(({ name }) => name === where);
  if (touched.length > 0) return { tables: touched, callables: [] };
  const witnesses = [
    'public.tasks',
    'public.profiles',
    'public.audit_entries',
    'public.platform_operators',
  ];
  return {
    tables: tables.filter(({ name }) => witnesses.includes(name)),
    callables: callables.filter(({ name }) => name === where),
  };
}
