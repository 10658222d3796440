import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import { submitLoad } from '../load.ts';

const payloads: Cell = {
  name: 'poison payloads',
  run: async ({ lab, tasks }) => {
    const { boss } = lab.system.db;
    await lab.startWorkers();
    const bad = [{ version: 99 }, {}, { version: 1 }, { version: 1, orgId: 'x', taskId: 'y' }];
    const ids = await Promise.all(bad.map((payload) => boss.send('tasks.claude', payload)));
    await submitLoad(lab, tasks);
    await eventually('all are dead', async () => {
      const { rows } = await lab.system.db.admin.query(
        `select count(*)::int as n from pgboss.job where name = 'tasks.claude.dead' and source_id = any($1)`,
        [ids],
      );
      return rows[0].n === bad.length;
    });
  },
};

const herd: Cell = {
  name: 'recovery herd: ten times the load is queued, then workers start',
  run: async ({ lab, tasks }) => {
    await submitLoad(lab, Math.min(2_000, tasks * 10));
    await lab.control('PUT', 'pace', { tokens_per_second: 0, first_token_ms: 0 });
    await lab.startWorkers();
  },
};

export const poison: Cell[] = [payloads, herd];
