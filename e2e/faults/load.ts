import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Lab } from './lab.ts';

/** Submissions under way at once. */
const width = 8;

/**
 * Submits so many prompts, spread over the organisations. What is put off (429 or 503 with Retry-After) or not answered at
 * all is asked again under the same idempotency key, as a program would; any other answer fails the cell. Only what
 * was taken is written down as asked for.
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
  // Remembered rather than thrown: what is awaited is asked again after an error.
  let refused: string | undefined;
  const answer = await eventually(
    `${key} is taken`,
    async () => {
      const headers = { 'idempotency-key': key };
      const given = await tenant.client
        .submit(tenant.person.orgId, body, headers)
        .catch(() => undefined);
      if (given === undefined) return undefined;
      if (given.status >= 200 && given.status < 300) return given.body;
      refused ??= complaint(given.status, given.headers.get('retry-after'));
      return refused === undefined ? undefined : { id: '' };
    },
    60_000,
  );
  if (refused !== undefined) throw new Error(`submission ${key} ${refused}`);
  await lab.system.db.admin.query('insert into faults.commands values ($1, $2)', [key, answer.id]);
}

/** What is wrong with an answer that is not 2xx: only "later", with a time, may be said to a program. */
function complaint(status: number, retryAfter: string | null): string | undefined {
  if (status !== 429 && status !== 503) return `was answered ${status}`;
  return retryAfter === null ? `was answered ${status} without Retry-After` : undefined;
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
