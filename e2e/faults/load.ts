import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { type BodyOf, mixedOf } from './bodies.ts';
import { insist, type LoadMet } from './insist.ts';
import type { Lab, Tenant } from './lab/lab.ts';
import { lasting } from './pause.ts';
import { cancel, debounce, isCancelled, isDebounced } from './steer.ts';

/** Submissions under way at once. */
const width = 8;

export type LoadOptions = {
  /** Of the idempotency keys. */
  prefix?: string;
  /** Spread over so much time; as fast as they are taken when it is not said. */
  overSeconds?: number;
  /** Whose they are, in turn; every organisation's when it is not said. */
  tenants?: readonly Tenant[];
  /** What the submissions ask for; when it is not said of every kind some, and some are cancelled or debounced. */
  bodyOf?: BodyOf | undefined;
};

/**
 * Submits so many tasks. What is put off (429 or 503 with Retry-After) or not answered at
 * all is asked again under the same idempotency key, as a program would; any other answer fails the cell. Only what
 * was taken is written down as asked for.
 */
export function submitLoad(lab: Lab, tasks: number, options: LoadOptions = {}): Promise<LoadMet> {
  const load = submitAll(lab, tasks, options);
  // What went wrong is heard of where the load is awaited, which may be after the fault.
  load.catch(() => {});
  return load;
}

async function submitAll(
  lab: Lab,
  tasks: number,
  { prefix = 'load', overSeconds = 0, tenants = lab.tenants, bodyOf }: LoadOptions,
): Promise<LoadMet> {
  const met: LoadMet = { putOff: 0, unanswered: 0 };
  const began = performance.now();
  let next = 0;
  const submitter = async () => {
    for (let n = next++; n < tasks; n = next++) {
      const due = (overSeconds * n) / tasks - (performance.now() - began) / 1000;
      if (due > 0) await lasting(due);
      const tenant = tenants[n % tenants.length];
      if (!tenant) continue;
      const key = `${prefix}-${n}`;
      if (!bodyOf && isDebounced(n)) await debounce(lab, tenant, key, met);
      else {
        const taskId = await submitOne(lab, tenant, key, (bodyOf ?? mixedOf)(n, tenant), met);
        if (bodyOf || !isCancelled(n)) continue;
        const cancellation = cancel(lab, tenant, taskId, n);
        cancellation.catch(() => {});
        cancellations.push(cancellation);
      }
    }
  };
  const cancellations: Promise<void>[] = [];
  await Promise.all(Array.from({ length: width }, submitter));
  await Promise.all(cancellations);
  return met;
}

/** Submits one task for an organisation, however often it is put off. Returns its id. */
export async function submitOne(
  lab: Lab,
  tenant: Tenant,
  key: string,
  body: object,
  met?: LoadMet,
): Promise<string> {
  const headers = { 'idempotency-key': key };
  const submit = () => tenant.client.submit(tenant.person.orgId, body, headers);
  const { body: task } = await insist(`submission ${key}`, submit, met);
  lab.commands.push({ key, taskId: task.id });
  return task.id;
}

/** Waits until no task is under way and every message is delivered. */
export async function drain(lab: Lab, timeoutSeconds = 80): Promise<void> {
  await eventually(
    'everything has ended',
    async () => {
      const { rows } = await lab.system.db.admin.query(
        `select (select count(*) from public.tasks where state in ('queued', 'running', 'waiting'))
              + (select count(*) from public.webhook_deliveries where state = 'pending')
              + (select count(*) from pgboss.job where name in ('tasks.claude', 'tasks.seo', 'webhooks')
                   and state in ('created', 'retry', 'active')) as n`,
      );
      return Number(rows[0].n) === 0;
    },
    timeoutSeconds * 1000,
  );
}
