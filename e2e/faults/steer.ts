import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { insist, type LoadMet } from './insist.ts';
import type { Lab, Tenant } from './lab/lab.ts';

/** Not among the first, which cells break on purpose, and end in a way that they count. */
const firstCancelled = 20;
/** Of twenty tasks of a load: where `bodies.ts` has a prompt. */
export const isDebounced = (n: number) => n % 20 === 11;
export const isCancelled = (n: number) => n % 20 === 16 && n > firstCancelled;

const mostSecondsUntilStart = 3;

/** Asks a task to stop: every other one at once, while it waits for its turn, the others when a worker has them. */
export async function cancel(lab: Lab, tenant: Tenant, taskId: string, n: number): Promise<void> {
  const { orgId } = tenant.person;
  if (n % 40 > 20) {
    const hasBegun = async () => (await tenant.client.task(orgId, taskId)).state !== 'queued';
    // Where no worker is there yet it is stopped before its turn as well.
    await eventually('it has begun', hasBegun, mostSecondsUntilStart * 1000).catch(() => {});
  }
  lab.cancellations.set(taskId, 'asked');
  const path = `/v1/orgs/${orgId}/tasks/${taskId}/cancellation`;
  const stop = () => tenant.client.call<{ state: string }>('POST', path);
  // 409: it has ended, or was asked before by a request whose answer was lost.
  const { status, body } = await insist(`cancellation of ${taskId}`, stop, undefined, [409]);
  if (status !== 409 && body.state === 'cancelled') lab.cancellations.set(taskId, 'promised');
}

/** Submits one task twice under one key of debouncing: the second replaces what the first said, unless that has begun. */
export async function debounce(lab: Lab, tenant: Tenant, key: string, met: LoadMet): Promise<void> {
  const { orgId } = tenant.person;
  for (const time of ['first', 'second']) {
    const prompt = `Question ${key} of ${tenant.mark}, asked for the ${time} time: what is a lease?`;
    const body = { kind: 'assistant.prompt', input: { prompt }, debounce: { key, seconds: 1 } };
    const before = met.putOff + met.unanswered;
    const submit = () =>
      tenant.client.call<{ id: string }>('POST', `/v1/orgs/${orgId}/tasks/debounced`, body);
    const { body: task } = await insist(`debounced submission ${key}`, submit, met);
    // Without an idempotency key, one that was not answered may have become a task of its own.
    if (met.putOff + met.unanswered > before) lab.uncertain.add(key);
    lab.commands.push({ key: `${time} of ${key}`, taskId: task.id });
    lab.debounced.set(task.id, prompt);
  }
}
