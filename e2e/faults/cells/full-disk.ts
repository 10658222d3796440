import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { bulkyOf } from '../bodies.ts';
import type { Cell } from '../cell.ts';
import { keepReading } from '../keep-reading.ts';
import type { Lab } from '../lab/lab.ts';
import { SmallDisk } from '../lab/small-disk.ts';
import { drain, submitLoad } from '../load.ts';
import { noneEnded } from '../none-ended.ts';
import { lasting } from '../pause.ts';

const megabytes = 400;
const fullSeconds = 10;
/** Submissions of a quarter of a megabyte each. */
const bulky = 80;

let disk: SmallDisk | undefined;

/** The database has no room left: what can't be stored is refused, nothing is half stored, and with room it goes on. */
const full: Cell = {
  name: 'disk full',
  unable: () => SmallDisk.unable(),
  server: async () => {
    const mounted = await SmallDisk.mount(megabytes);
    disk = mounted;
    // Its log is kept short, so that it meets the full disk instead of writing over old segments.
    const flags = ['-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB'];
    return {
      options: { dataDir: join(mounted.folder, 'data'), flags },
      undo: () => mounted.unmount(),
    };
  },
  run: async ({ lab, tasks, note }) => {
    if (!disk) throw new Error('this cell has a disk of its own');
    await lab.startApi();
    await lab.startWorkers();
    const reading = keepReading(lab);
    await submitLoad(lab, tasks / 2, { prefix: 'before' });
    await disk.fill();
    const load = submitLoad(lab, tasks / 2, { prefix: 'full' });
    const bulk = submitLoad(lab, bulky, { prefix: 'bulky', bodyOf: bulkyOf });
    // Again and again: the server makes room by deleting what it no longer needs of its log.
    for (const began = performance.now(); performance.now() < began + fullSeconds * 1000; ) {
      await disk.fill();
      await lasting(0.2);
    }
    const crashed = !lab.server.isRunning();
    await disk.free();
    // A server that could not write its log ends; whoever supervises it starts it again.
    if (crashed) await lab.server.start();
    const [usual, large] = await Promise.all([load, bulk]);
    const { putOff } = await reading();
    note(`${usual.putOff + large.putOff} submissions and ${putOff} readings put off`);
    note(crashed ? 'the server ended and was started again' : 'the server stayed up');
    if (usual.putOff + large.putOff === 0) throw new Error('nobody noticed that the disk was full');
    noneEnded(lab);
    await drain(lab);
    await checkStorage(lab);
  },
};

/** Every table's pages and every index, as the database's own checker sees them. */
async function checkStorage(lab: Lab): Promise<void> {
  const { admin } = lab.system.db;
  await admin.query('create extension if not exists amcheck');
  const { rows } = await admin.query<{ what: string }>(`
    select c.relname || ': ' || v.msg as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral verify_heapam(c.oid) v
    where n.nspname in ('public', 'pgboss') and c.relkind = 'r'`);
  if (rows.length > 0) throw new Error(`damaged: ${rows[0]?.what}`);
  await eventually('no index is being built', async () => {
    const { rowCount } = await admin.query('select from pg_stat_progress_create_index');
    return rowCount === 0;
  });
  // Throws for an index that lacks a row of its table, or has one it has not.
  await admin.query(`
    select bt_index_check(c.oid, true) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_am a on a.oid = c.relam join pg_index i on i.indexrelid = c.oid
    where n.nspname in ('public', 'pgboss') and c.relkind = 'i' and a.amname = 'btree' and i.indisvalid`);
}

export const fullDisk: Cell[] = [full];
