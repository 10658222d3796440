import type pg from 'pg';
import type { Table } from './catalogue.ts';
import type { Cell } from './cells.ts';
import type { Filled } from './fill.ts';

/** Where the storage keeps the names of files; whose a file is, its name alone says. */
export const files: Table = {
  name: 'storage.objects',
  columns: ['name'],
  uuidColumns: [],
  isTenant: true,
};

const buckets = ['artifacts', 'exports'] as const;

/** The file of an organisation in a bucket: of a task, or of the export that is ready. */
const nameIn = (bucket: string, { orgId, rowId }: Filled) =>
  bucket === 'artifacts' ? `${orgId}/${rowId}/file.txt` : `canary-${orgId}`;

/** Puts a file of each organisation into each bucket; a column, here only, lets the matrix see whose it is. */
export async function fillFiles(admin: pg.Pool, organizations: Filled[]): Promise<void> {
  await admin.query(`alter table ${files.name} add column org_id uuid`);
  for (const filled of organizations)
    for (const bucket of buckets)
      await admin.query(`insert into ${files.name} (bucket_id, name, org_id) values ($1, $2, $3)`, [
        bucket,
        nameIn(bucket, filled),
        filled.orgId,
      ]);
}

/** What a subject tries with the files of its own organisation and of the other. */
export function fileCells(own: Filled, other: Filled): Cell[] {
  return buckets.flatMap((bucket): Cell[] => {
    const [mine, theirs] = [nameIn(bucket, own), nameIn(bucket, other)];
    const cell = (verb: Cell['verb'], what: string, statement: string, writes = true): Cell => ({
      table: files.name,
      column: bucket,
      verb,
      what,
      statement,
      writes,
    });
    const insert = (name: string) =>
      `insert into ${files.name} (bucket_id, name) values ('${bucket}', '${name}')`;
    const at = (name: string) => `bucket_id = '${bucket}' and name = '${name}'`;
    return [
      cell('select', 'read its own', `select name from ${files.name} where ${at(mine)}`, false),
      cell('select elsewhere', 'read', `select name from ${files.name} where ${at(theirs)}`, false),
      cell('insert', 'store its own', insert(`${mine}.new`)),
      cell(
        'insert as another',
        'replace its own',
        `${insert(mine)} on conflict (bucket_id, name) do update set updated_at = now()`,
      ),
      cell('forbidden', 'insert elsewhere', insert(`${theirs}.new`)),
      cell(
        'forbidden',
        'upsert elsewhere',
        `${insert(theirs)} on conflict (bucket_id, name) do update set updated_at = now()`,
      ),
      cell('update', 'change everything there is', `update ${files.name} set updated_at = now()`),
      cell(
        'forbidden',
        'move its own elsewhere',
        `update ${files.name} set name = '${theirs}.new' where ${at(mine)}`,
      ),
      cell(
        'forbidden',
        'move everything here',
        `update ${files.name} set name = '${mine}.' || name`,
      ),
      cell(
        'delete',
        'delete everything there is',
        `delete from ${files.name} where bucket_id = '${bucket}'`,
      ),
    ];
  });
}
