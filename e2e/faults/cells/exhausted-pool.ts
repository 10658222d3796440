import { promptOf } from '../bodies.ts';
import type { Cell } from '../cell.ts';
import { complaint } from '../insist.ts';
import { submitLoad, submitOne } from '../load.ts';
import { noneEnded } from '../none-ended.ts';

const connections = 2;
const requests = 100;
/** 5 s for a connection with others and 5 s alone, 10 s for the lock. */
const mostSeconds = 22;

/**
 * An API with few connections, and somebody who holds a lock that all submissions wait for: connections run out. Whoever
 * waits in vain is told so in time, and all goes on when the lock is gone.
 */
const poolExhausted: Cell = {
  name: 'pool exhausted',
  run: async ({ lab, tasks, note }) => {
    await lab.startApi({ connections });
    await lab.startWorkers();
    const holder = await lab.system.db.admin.connect();
    let answers: Array<{ status: number; seconds: number; wrong: string | undefined }>;
    try {
      await holder.query('begin; lock table public.audit_entries in access exclusive mode');
      const asked = Array.from({ length: requests }, async (_, n) => {
        const tenant = lab.tenants[n % lab.tenants.length];
        if (!tenant) throw new Error('a lab has organisations');
        const began = performance.now();
        const headers = { 'idempotency-key': `exhausted-${n}` };
        const given = await tenant.client.submit(tenant.person.orgId, promptOf(n, tenant), headers);
        const { status } = given;
        if (status < 300) lab.commands.push({ key: `exhausted-${n}`, taskId: given.body.id });
        const wrong =
          status < 300 ? undefined : complaint(status, given.headers.get('retry-after'));
        return { status, wrong, seconds: (performance.now() - began) / 1000 };
      });
      answers = await Promise.all(asked);
      await holder.query('rollback');
    } finally {
      holder.release();
    }
    const slowest = Math.max(...answers.map(({ seconds }) => seconds));
    const putOff = answers.filter(({ status }) => status === 503).length;
    note(`${putOff} of ${requests} put off within ${slowest.toFixed(1)} s`);
    const wrong = answers.find((answer) => answer.wrong)?.wrong;
    if (wrong) throw new Error(`a submission ${wrong}`);
    if (putOff < requests / 2 || slowest > mostSeconds)
      throw new Error('requests waited too long, or the pool was not exhausted');
    // What was put off is asked again, and the rest of the load comes along.
    const began = performance.now();
    await Promise.all([
      ...Array.from({ length: requests }, async (_, n) => {
        const tenant = lab.tenants[n % lab.tenants.length];
        if (tenant) await submitOne(lab, tenant, `exhausted-${n}`, promptOf(n, tenant));
      }),
      submitLoad(lab, tasks),
    ]);
    note(`all taken ${((performance.now() - began) / 1000).toFixed(1)} s later`);
    noneEnded(lab);
  },
};

export const exhaustedPool: Cell[] = [poolExhausted];
