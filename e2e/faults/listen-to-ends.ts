import type { Lab } from './lab/lab.ts';

/** From now on every end of a task is told to the lab's receiver. */
export async function listenToEnds(lab: Lab): Promise<void> {
  for (const { client, person } of lab.tenants) {
    const { status } = await client.call('POST', `/v1/orgs/${person.orgId}/webhooks`, {
      url: `${lab.receiver.url}/ends`,
      events: ['task.succeeded', 'task.failed', 'task.cancelled'],
    });
    if (status !== 201) throw new Error(`a webhook was answered ${status}`);
  }
}
