import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Lab } from './lab.ts';

/** Submissions under way at once. */
const width = 8;

/**
 * Submits so many prompts, spread over the organisations. Whatever is not answered 2xx is asked again under the same
 * idempotency key, as a program would; only what was answered is written down as asked for.
 */
export async function submitLoad(lab: Lab, tasks: number, prefix = 'load'): Promise<void> {
  let next = 0;
  const submitter = async () => {
    for (let n = next++; n < tasks; n = next++) await submitOne(lab, `${prefix}-${n}`, n);
  };
  await Promise.all(Array.from({ length: width }, submitter));
}

export async function submitOne(lab: Lab, key: string, n: number): Promise<void> {
  const tenant = lab.tenants[n % lab.tenants.length];
  if (!tenant) throw new Error('a lab has organisations');
  const body = {
    kind: 'assistant.prompt',
    input: { prompt: `Question ${n}: what is a lease? Remember ${tenant.canary}.` },
  };
  const answer = await eventually(
    `${key} is taken`,
    async () => {
      const headers = { 'idempotency-key': key };
      const { status, body: task } = await tenant.client
        .submit(tenant.person.orgId, body, headers)
        .catch(() => ({ status: 0, body: { id: '' } }));
      if (status >= 200 && status < 300) return task;
      if (status !== 0 && status !== 429 && status !== 503 && status !== 500)
        throw new Error(`a submission was answered ${status}`);
      return undefined;
    },
    60_000,
  );
  await lab.system.db.admin.query('insert into faults.commands values ($1, $2)', [key, answer.id]);
}

/** Waits until no task is under way and every message is delivered. */
export async function drain(lab: Lab, timeoutSeconds = 80): Promise<void> {
  await eventually(
    'everything has ended',
    async () => {
      const { rows } = await lab.system.db.admin.query(
        `select (select count(*) from public.tasks where state in ('queued', 'running', 'waiting'))
              + (select count(*) from public.webhook_deliveries where state = 'pending')
              + (select count(*) from pgboss.job where name in ('tasks.claude', 'webhooks') and state in ('created', 'retry', 'active')) as n`,
      );
      return Number(rows[0].n) === 0;
    },
    timeoutSeconds * 1000,
  );
}
