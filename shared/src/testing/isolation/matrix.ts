import type pg from 'pg';
import type { TestDatabase } from '../test-database.ts';
import { type Callable, readCallables, readTables, type Table } from './catalogue.ts';
import { type Cell, cellsOf } from './cells.ts';
import { fileCells, files, fillFiles } from './file-cells.ts';
import { dropChecks, type Filled, fill } from './fill.ts';
import { functionCells } from './function-cells.ts';
import { installTrying, tryAll } from './server-side.ts';
import { makeSubjects, type Subject } from './subjects.ts';

/** Two organisations with rows everywhere, and everybody who might try something. */
export type Matrix = {
  test: TestDatabase;
  tables: Table[];
  callables: Callable[];
  own: Filled;
  other: Filled;
  subjects: Subject[];
};

export type Outcome = {
  cells: number;
  /** What must never happen and did. */
  leaks: string[];
  /** What succeeded: `table verb columns: subjects`, to compare with the reviewed list. */
  allowed: string[];
};

const refused = '42501';
/** Refusals of claims that are no JSON, before anything is looked at. */
const unreadable = new Set(['22P02']);

export async function openMatrix(test: TestDatabase): Promise<Matrix> {
  const tables = await readTables(test.admin);
  await dropChecks(test.admin);
  await test.admin.query(installTrying);
  const own = await fill(test, 'own', tables);
  const other = await fill(test, 'other', tables);
  await fillFiles(test.admin, [own, other]);
  const subjects = await makeSubjects(test, own);
  const roles = [...new Set(subjects.map(({ role }) => role))];
  const callables = await readCallables(test.admin, roles);
  return { test, tables: [...tables, files], callables, own, other, subjects };
}

/** Tries every cell of the tables and functions given, all of them unless told otherwise. */
export async function runMatrix(
  matrix: Matrix,
  { tables, callables }: Pick<Matrix, 'tables' | 'callables'> = matrix,
): Promise<Outcome> {
  const outcome: Outcome = { cells: 0, leaks: [], allowed: [] };
  const allowed = new Map<string, Set<string>>();
  for (const subject of matrix.subjects) {
    const { own, other } = matrix;
    const rest = subject.isForFiles ? [] : tables.filter((table) => table !== files);
    const cells = [
      ...(await cellsOf(matrix.test.admin, rest, subject, own, other)),
      ...(tables.includes(files) ? fileCells(own, other) : []),
      ...(subject.isForFiles ? [] : functionCells(callables, subject, other)),
    ];
    const answers = await answersOf(matrix, subject, cells);
    outcome.cells += cells.length;
    const groups = new Map<string, string>();
    for (const [index, cell] of cells.entries()) {
      const answer = answers[index] ?? 'no answer';
      const leak = leakOf(subject, cell, answer, groups);
      if (leak)
        outcome.leaks.push(
          `${subject.name}: ${cell.what} ${cell.table} ${cell.column ?? ''}: ${leak}`,
        );
      if (cell.verb === 'forbidden' || !succeeded(cell, answer)) continue;
      const key = `${cell.table} ${cell.verb} ${(cell.column ?? '*').replace(' ', '-')}`;
      // How far a platform role sees is part of what is reviewed.
      const reach =
        subject.isPlatform && cell.verb !== 'answers elsewhere'
          ? ` (${answer.replace('LEAK', 'everywhere:')})`
          : '';
      allowed.set(key, (allowed.get(key) ?? new Set()).add(subject.name + reach));
    }
  }
  outcome.allowed = summarise(allowed);
  return outcome;
}

async function answersOf(
  { test, tables, other }: Matrix,
  { role, claims }: Subject,
  cells: Cell[],
): Promise<string[]> {
  const client: pg.PoolClient = await test.admin.connect();
  const tenants = tables.filter(({ isTenant }) => isTenant).map(({ name }) => name);
  try {
    await client.query('begin');
    await client.query(
      `select set_config('request.jwt.claims', $2, true), set_config('request.jwt.claim.sub', $3, true), set_config('role', $1, true)`,
      [role, claims, subOf(claims)],
    );
    const { rows } = await client.query<{ answers: string[] }>(tryAll, [
      cells.map(({ statement }) => statement),
      cells.map(({ writes }) => writes),
      other.orgId,
      // A bare statement may reach other tables by cascade; it is enough to look at all of them for those.
      cells.map(({ table, what }) =>
        what.startsWith('delete') || what === 'truncate' || what === 'change by function'
          ? tenants.join()
          : tenants.includes(table)
            ? table
            : '',
      ),
    ]);
    return rows[0]?.answers ?? [];
  } finally {
    await client.query('rollback');
    client.release();
  }
}

function subOf(claims: string): string {
  try {
    return JSON.parse(claims).sub ?? '';
  } catch {
    return '';
  }
}

const count = (answer: string) => (/^\d{1,4}$/.test(answer) ? Number(answer) : 0);

/** Reading has to show a row; a write counts when nothing but the shape of the row stopped it. */
function succeeded({ writes }: Cell, answer: string): boolean {
  if (writes) return answer !== refused && answer !== '0' && !unreadable.has(answer);
  return count(answer) > 0;
}

function leakOf(
  { isPlatform }: Subject,
  cell: Cell,
  answer: string,
  groups: Map<string, string>,
): string | undefined {
  if (cell.alike) {
    const before = groups.get(cell.alike);
    groups.set(cell.alike, answer);
    return before !== undefined && before !== answer
      ? `answers ${before} for what exists elsewhere and ${answer} for what exists nowhere`
      : undefined;
  }
  if (cell.verb === 'select elsewhere')
    return !isPlatform && count(answer) > 0 ? `${answer} rows of another organisation` : undefined;
  if (cell.writes && answer.startsWith('LEAK') && !isPlatform)
    return 'changed another organisation';
  // A function may refuse in its own words; what counts is that nothing of the other organisation comes back.
  if (cell.what === 'read through a function elsewhere')
    return !isPlatform && count(answer) > 0 ? 'its text came back' : undefined;
  // A function may refuse in its own words; what counts is that nothing of the other organisation comes back.
  if (cell.what === 'read through a function elsewhere')
    return !isPlatform && count(answer) > 0 ? 'its text came back' : undefined;
  const elsewhere = cell.what.endsWith('elsewhere') && cell.verb === 'forbidden';
  const noRow = answer === '0' || answer === refused || unreadable.has(answer);
  if (elsewhere && !isPlatform && !noRow) return `was answered ${answer}, not refused`;
  if (cell.what === 'truncate' && answer !== refused) return `was answered ${answer}`;
  return undefined;
}

/** Lines a person can review: columns with the same subjects together. */
function summarise(allowed: Map<string, Set<string>>): string[] {
  const lines = new Map<string, string[]>();
  for (const [key, names] of allowed) {
    const [table = '', ...rest] = key.split(' ');
    const column = rest.pop() ?? '';
    const group = `${table} ${rest.join(' ')} | ${[...names].sort().join(', ')}`;
    lines.set(group, [...(lines.get(group) ?? []), column]);
  }
  return [...lines]
    .map(([group, columns]) => {
      const [what, names] = group.split(' | ');
      return `${what} (${columns.sort().join(' ')}): ${names}`;
    })
    .sort();
}
