import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import type { TaskEvent } from '@devsphere/shared/contracts/events/task-event.ts';
import type { TaskSummary } from '@devsphere/shared/contracts/http/task.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import { getTask } from '@devsphere/shared/queries/get-task.ts';
import { listOrganizations } from '@devsphere/shared/queries/list-organizations.ts';
import { signInOrUp, withCommands } from './system/as-person.ts';
import { SystemLock } from './system/lock.ts';
import { readEvents } from './system/read-events.ts';
import { mainJob } from './system/sample-inputs.ts';
import { type Addresses, addressesOf, readSettings } from './system/settings.ts';
import { startSystem } from './system/system.ts';

/** Runs the main job without a browser, over the API as a program would, and checks what the database then holds. */
const settings = readSettings(process.env);
const at = addressesOf(settings);
const running = new SystemLock(settings.DEVSPHERE_HOME).holder() !== undefined;
const say = (line: string) => process.stdout.write(`${line}\n`);
const system = running
  ? undefined
  : await startSystem({ settings, development: false, withWeb: false, say });
process.on('SIGINT', () => void system?.stop().then(() => process.exit(130)));

let failures = 0;
let used = '';
try {
  const person = await signInOrUp(at, {
    email: 'demo@devsphere.test',
    password: 'demo-devsphere',
    displayName: 'Demo',
  });
  await withCommands(at, async (contextOf) => {
    const context = contextOf(person.userId);
    const [organization] = await listOrganizations(context.database, context.actor);
    if (!organization) throw new Error('signing up made no organisation');
    for (const [kind, input] of Object.entries(mainJob)) {
      failures += await runOne(at, context, organization.orgId, person.token, kind, input);
    }
  });
} finally {
  await system?.stop();
}
say(
  failures === 0
    ? '\nAll of it is in the database, as rows of the tenant.'
    : `\n${failures} checks failed.`,
);
process.exit(failures === 0 ? 0 : 1);

async function runOne(
  places: Addresses,
  context: CommandContext,
  orgId: string,
  token: string,
  kind: string,
  input: unknown,
): Promise<number> {
  say(`\n━━ ${kind} ${'━'.repeat(Math.max(0, 70 - kind.length))}`);
  const tasks = `${places.api}/v1/orgs/${orgId}/tasks`;
  const response = await fetch(tasks, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind, input }),
  });
  if (response.status !== 201)
    throw new Error(`submitting answered ${response.status}: ${await response.text()}`);
  const submitted = (await response.json()) as TaskSummary;
  let last: TaskEvent | undefined;
  for await (const event of readEvents(`${tasks}/${submitted.id}/events`, token)) {
    show(event);
    last = event;
  }
  const task = await getTask(context.database, context.actor, orgId, submitted.id);
  const stored = await asActor(context.database, context.actor, async (tx) => ({
    entries: await tx.db
      .selectFrom('usage_entries')
      .select('cost_nano_usd')
      .where('org_id', '=', orgId)
      .where('task_id', '=', task.id)
      .execute(),
    events: await tx.db
      .selectFrom('task_events')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('org_id', '=', orgId)
      .where('task_id', '=', task.id)
      .executeTakeFirstOrThrow(),
  }));
  if (kind === 'code.review' || kind === 'data.extract') say(JSON.stringify(task.output, null, 2));
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costNanoUsd } = task.usage;
  say(
    `\n   ${inputTokens} input, ${cacheWriteTokens} written to the cache, ${cacheReadTokens} read from it, ${outputTokens} output tokens: $${(costNanoUsd / 1e9).toFixed(6)}${task.simulated ? ' (simulated)' : ''}`,
  );
  const checks: Array<[string, boolean]> = [
    ['the task succeeded', task.state === 'succeeded'],
    ['its output is stored', task.output !== null],
    [
      'its last event agrees',
      last?.type === 'task.ended' &&
        last.data.state === task.state &&
        last.seq === task.lastEventSeq,
    ],
    ['every event is stored', stored.events.n === task.lastEventSeq],
    [
      'its cost is the sum of its ledger',
      stored.entries.length > 0 &&
        stored.entries.reduce((sum, { cost_nano_usd }) => sum + cost_nano_usd, 0) === costNanoUsd,
    ],
  ];
  for (const [what, holds] of checks) say(`   ${holds ? '✓' : '✗'} ${what}`);
  return checks.filter(([, holds]) => !holds).length;
}

function show(event: TaskEvent): void {
  switch (event.type) {
    case 'text':
      process.stdout.write(event.data.delta);
      break;
    case 'step.started':
      say(`\n   ▸ ${event.data.title}`);
      break;
    case 'progress':
      say(
        `\n   ${used} [${'#'.repeat(event.data.done * 10)}${'.'.repeat((event.data.total - event.data.done) * 10)}] ${event.data.label}`,
      );
      break;
    case 'usage':
      used = `${event.data.outputTokens} tokens out, $${(event.data.costNanoUsd / 1e9).toFixed(6)} so far`;
      break;
    case 'step.completed':
      say(`\n   ▪ ${event.data.title} done`);
      break;
    case 'attempt.failed':
      say(`\n   attempt ${event.data.attempt} failed: ${event.data.error.message}`);
      break;
    default:
  }
}
