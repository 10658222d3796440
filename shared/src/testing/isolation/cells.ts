import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Table } from './catalogue.ts';
import type { Filled } from './fill.ts';
import type { Subject } from './subjects.ts';

/** One thing a subject tries with a table, and what must never come of it. */
export type Cell = {
  table: string;
  /** What the reviewed list says of it; the columns, where they matter. */
  verb:
    | 'select'
    | 'select elsewhere'
    | 'insert'
    | 'insert as another'
    | 'update'
    | 'delete'
    | 'answers elsewhere'
    | 'forbidden';
  column: string | null;
  what: string;
  statement: string;
  writes: boolean;
  /** Answers of the same group must be alike: one names what exists elsewhere, the other what exists nowhere. */
  alike?: string | undefined;
};

type Row = Record<string, unknown>;

/** The cells of one subject: every table, verb and column. */
export async function cellsOf(
  admin: pg.Pool,
  tables: Table[],
  subject: Subject,
  own: Filled,
  other: Filled,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const table of tables) {
    const { rows: insertable } = await admin.query<{ column: string }>(
      `select c as column from unnest($3::text[]) as c where has_column_privilege($1, $2::regclass, c, 'insert')`,
      [subject.role, table.name, table.columns],
    );
    const rows = await ownRows(admin, table, own);
    const row = asWrittenBy(subject, rows[0] ?? {}, own);
    const insert = (change: Row) => insertStatement(table, { ...row, ...change }, insertable);
    const add = (cell: Omit<Cell, 'table'>) => cells.push({ table: table.name, ...cell });
    const isOwn = table.isTenant ? `org_id = '${own.orgId}'` : 'true';
    const isOther = `org_id = '${other.orgId}'`;

    for (const column of table.columns) {
      add({
        verb: 'select',
        column,
        what: 'read its own',
        writes: false,
        statement: `select ${column} from ${table.name} where ${isOwn}`,
      });
      const values = rows.map((one) => literal(table, asWrittenBy(subject, one, own), column));
      for (const value of new Set(values.length > 0 ? values : ['null']))
        add({
          verb: 'update',
          column,
          // Without a word on which rows: it reads no column, so that only the policies of updates stand in its way.
          what: 'change everything there is',
          writes: true,
          statement: `update ${table.name} set ${column} = ${value}`,
        });
      if (!table.isTenant) continue;
      add({
        verb: 'select elsewhere',
        column,
        what: 'read',
        writes: false,
        statement: `select ${column} from ${table.name} where ${isOther}`,
      });
    }
    for (const [index, one] of rows.entries()) {
      const column = `row ${index + 1}`;
      const written = { ...asWrittenBy(subject, one, own), id: randomUUID() };
      add({
        verb: 'insert',
        column,
        what: 'insert into its own',
        writes: true,
        statement: insertStatement(table, written, insertable),
      });
      add({
        verb: 'insert as another',
        column,
        what: 'insert in the name of the owner',
        writes: true,
        statement: insertStatement(table, { ...one, id: randomUUID() }, insertable),
      });
    }
    add({
      verb: 'delete',
      column: null,
      what: 'delete everything there is',
      writes: true,
      statement: `delete from ${table.name}`,
    });
    add({
      verb: 'forbidden',
      column: null,
      what: 'truncate',
      writes: true,
      statement: `truncate ${table.name} cascade`,
    });
    if (!table.isTenant) continue;
    add({
      verb: 'select elsewhere',
      column: null,
      what: 'count',
      writes: false,
      statement: `select from ${table.name} where ${isOther}`,
    });
    add({
      verb: 'select elsewhere',
      column: null,
      what: 'join',
      writes: false,
      statement: `select from ${table.name} a join ${table.name} b using (org_id) where a.${isOther}`,
    });
    add({
      verb: 'forbidden',
      column: null,
      what: 'insert elsewhere',
      writes: true,
      statement: insert({ id: randomUUID(), org_id: other.orgId }),
    });
    add({
      verb: 'forbidden',
      column: null,
      what: 'upsert elsewhere',
      writes: true,
      statement: `${insert({ org_id: other.orgId })} on conflict do nothing`,
    });
    add({
      verb: 'forbidden',
      column: 'org_id',
      what: 'move its own elsewhere',
      writes: true,
      statement: `update ${table.name} set org_id = '${other.orgId}' where ${isOwn}`,
    });
    add({
      verb: 'forbidden',
      column: 'org_id',
      what: 'move everything here',
      writes: true,
      statement: `update ${table.name} set org_id = '${own.orgId}'`,
    });
    for (const column of table.uuidColumns) {
      for (const id of [other.rowId, randomUUID()])
        add({
          verb: 'forbidden',
          column,
          what: 'ask by reference',
          writes: true,
          alike: `${table.name} ${column}`,
          statement: insert({ id: randomUUID(), [column]: id }),
        });
    }
  }
  return cells;
}

/** The rows of the subject's organisation, as they are. */
async function ownRows(admin: pg.Pool, table: Table, own: Filled): Promise<Row[]> {
  const { rows } = await admin.query<{ row: Row }>(
    `select to_jsonb(t) as row from ${table.name} t ${table.isTenant ? 'where org_id = $1' : 'where $1::uuid is not null'} order by t.ctid limit 3`,
    [own.orgId],
  );
  return rows.map(({ row }) => row);
}

/** A row as the subject would write it itself. */
function asWrittenBy(subject: Subject, original: Row, own: Filled): Row {
  const row = { ...original };
  const me = subject.as.userId;
  for (const [column, value] of Object.entries(row))
    if (value === own.owner.actor.userId) row[column] = me;
  if ('created_by_key' in row) row.created_by_key = subject.as.keyId;
  if ('actor_type' in row) {
    row.actor_type = subject.as.actorType;
    row.actor_id = subject.as.keyId ?? me;
  }
  return row;
}

/** A value of a column as the subject's own row has it, without reading the table. */
function literal({ name }: Table, row: Row, column: string): string {
  const json = JSON.stringify({ [column]: row[column] ?? null }).replaceAll("'", "''");
  return `(jsonb_populate_record(null::${name}, '${json}'))."${column}"`;
}

function insertStatement({ name }: Table, row: Row, insertable: { column: string }[]): string {
  const columns = insertable.map(({ column }) => column).filter((column) => column in row);
  // Without any column there is nothing to insert with: the statement is refused for the table itself.
  if (columns.length === 0) return `insert into ${name} default values`;
  const json = JSON.stringify(row).replaceAll("'", "''");
  const list = columns.map((column) => `"${column}"`).join(', ');
  return `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, '${json}')`;
}
