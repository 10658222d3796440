import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import { listTasks } from '@devsphere/shared/queries/list-tasks.ts';
import pg from 'pg';
import { signInOrUp, withCommands } from './as-person.ts';
import { demoTasks } from './sample-inputs.ts';
import { type Addresses, root, type Settings } from './settings.ts';

export const demoPeople = {
  owner: { email: 'owner@acme.test', password: 'acme-owner-demo', displayName: 'Olive Owner' },
  member: { email: 'member@acme.test', password: 'acme-member-demo', displayName: 'Max Member' },
  operator: {
    email: 'operator@devsphere.test',
    password: 'devsphere-operator-demo',
    displayName: 'Opal Operator',
  },
} as const;

/**
 * Fills an embedded system once: two people, their organisation Acme, an operator, and a dozen tasks really run by the worker,
 * one of which waits for an approval.
 * With a real API key the tasks are left out, since they would cost money nobody asked to spend.
 */
export async function seedDemo(
  settings: Settings,
  at: Addresses,
  say: (line: string) => void,
): Promise<void> {
  if (!at.ownerDatabase) return;
  const owner = await signInOrUp(at, demoPeople.owner);
  const member = await signInOrUp(at, demoPeople.member);
  await signInOrUp(at, demoPeople.operator);
  await runAsOwner(at.ownerDatabase, readFileSync(join(root, 'supabase', 'seed.sql'), 'utf8'));
  if (!at.simulated) return;
  await withCommands(at, async (contextOf) => {
    const asOwner = contextOf(owner.userId);
    const { orgId } = await findOrganization(asOwner.database, asOwner.actor, 'acme');
    const unfinished = () =>
      listTasks(asOwner.database, asOwner.actor, orgId, { state: ['queued', 'running'], limit: 1 });
    if ((await listTasks(asOwner.database, asOwner.actor, orgId, { limit: 1 })).tasks.length > 0)
      return;
    say(`Running ${demoTasks.length} demo tasks …`);
    await setPace(settings, at, { tokens_per_second: 0, first_token_ms: 0 });
    for (const [position, { by, kind, input }] of demoTasks.entries()) {
      const context = by === 'owner' ? asOwner : contextOf(member.userId);
      await submitTask(context, { orgId, kind, input, idempotencyKey: `demo-${position}` });
    }
    while ((await unfinished()).tasks.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 200));
    await setPace(settings, at, { tokens_per_second: 80, first_token_ms: 250 });
    await runAsOwner(at.ownerDatabase ?? '', 'analyze');
  });
}

async function runAsOwner(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('notice', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function setPace(
  settings: Settings,
  at: Addresses,
  pace: { tokens_per_second: number; first_token_ms: number },
): Promise<void> {
  const response = await fetch(`${at.simulator}/_control/pace`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-control-token': settings.secrets.control },
    body: JSON.stringify(pace),
  });
  if (!response.ok) throw new Error(`the simulator refused a pace: ${response.status}`);
}
