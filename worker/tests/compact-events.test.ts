import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import type { TaskEvent } from '@devsphere/shared/contracts/events/task-event.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { listTaskEvents } from '@devsphere/shared/queries/list-task-events.ts';
import { contextOf, signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventCompaction } from '../src/upkeep/compact-events.ts';

let db: TestDatabase;
let ada: TestPerson;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
});
afterAll(() => db.close());

type Stored = { type: string; data: object };
const text = (step: string, delta: string): Stored => ({ type: 'text', data: { step, delta } });

/** A task that ended so long ago with these events. */
async function endedTask(events: Stored[], minutesAgo = 10): Promise<string> {
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: 'What is new?' },
    orgId: ada.orgId,
    idempotencyKey: null,
  });
  await append(task.id, events, minutesAgo);
  return task.id;
}

async function append(taskId: string, events: Stored[], minutesAgo: number): Promise<void> {
  await db.admin.query(
    `insert into task_events (org_id, task_id, seq, type, data)
     select t.org_id, t.id, t.event_seq + e.n, e.event ->> 'type', e.event -> 'data'
     from tasks t, jsonb_array_elements($2::jsonb) with ordinality as e (event, n) where t.id = $1`,
    [taskId, JSON.stringify(events)],
  );
  await db.admin.query(
    `update tasks set state = 'cancelled', ended_at = now() - make_interval(mins => $2), event_seq = event_seq + $3 where id = $1`,
    [taskId, minutesAgo, events.length],
  );
}

/** What a reader gets from an event on, whose pages have so many: text by step as it follows, and all else as it is. */
async function read(taskId: string, afterSeq: number, limit = 1_000): Promise<unknown[]> {
  const seen: unknown[] = [];
  let after = afterSeq;
  for (;;) {
    const { events, lastSeq } = await listTaskEvents(db.database, ada.actor, {
      orgId: ada.orgId,
      taskId,
      afterSeq: after,
      limit,
    });
    for (const event of events) addTo(seen, event);
    after = events.at(-1)?.seq ?? after;
    if (after >= lastSeq) return seen;
  }
}

function addTo(seen: unknown[], event: TaskEvent): void {
  const last = seen.at(-1) as { step?: string; text?: string } | undefined;
  if (event.type !== 'text') seen.push({ ...event, at: '' });
  else if (last?.step === event.data.step) last.text += event.data.delta;
  else seen.push({ step: event.data.step, text: event.data.delta });
}

const compact = () => eventCompaction(db.database).runOnce();
const countOf = async (taskId: string): Promise<number> =>
  (await db.admin.query('select 1 from task_events where task_id = $1', [taskId])).rows.length;

const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      step: fc.constantFrom('a', 'b'),
      delta: fc.string({ unit: 'grapheme', maxLength: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);
const storable = (delta: string) => delta.replaceAll('\0', '');

describe('the streamed text of an ended task', () => {
  test('reads the same from any event on, merged or not, whatever the stream was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        async (stream, limit) => {
          const taskId = await endedTask([
            ...stream.map((one, n) =>
              one
                ? text(one.step, storable(one.delta))
                : { type: 'progress', data: { done: n, total: 60, label: 'x' } },
            ),
            { type: 'task.ended', data: { state: 'cancelled', error: null } },
          ]);
          const resumePoints = Array.from({ length: stream.length + 2 }, (_, seq) => seq);
          const before = await Promise.all(resumePoints.map((seq) => read(taskId, seq)));
          await compact();
          for (const seq of resumePoints)
            expect(await read(taskId, seq, limit)).toEqual(before[seq]);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  test('is one event where it was many, in pieces that stay small, and merging again changes nothing', async () => {
    const taskId = await endedTask([
      { type: 'step.started', data: { step: 'a', title: 'A' } },
      ...Array.from({ length: 300 }, (_, n) => text('a', `${n} `.padEnd(50, '·'))),
      { type: 'task.ended', data: { state: 'cancelled', error: null } },
    ]);
    expect(await compact()).toEqual({ tasks: 1, events: 298 });
    // 15,000 characters: two pieces.
    expect(await countOf(taskId)).toBe(4);
    expect(await compact()).toEqual({ tasks: 0, events: 0 });
    await db.admin.query('update tasks set events_compacted_at = null where id = $1', [taskId]);
    expect(await compact()).toEqual({ tasks: 1, events: 0 });
  });

  test('is left alone for five minutes, while the task goes on, and is merged after each end', async () => {
    const hello = [text('a', 'Hel'), text('a', 'lo')];
    const taskId = await endedTask(hello, 4);
    expect(await compact()).toEqual({ tasks: 0, events: 0 });
    await db.admin.query(`update tasks set ended_at = ended_at - interval '2 minutes'`);
    expect(await compact()).toEqual({ tasks: 1, events: 1 });
    await db.admin.query(`update tasks set state = 'queued', ended_at = null where id = $1`, [
      taskId,
    ]);
    expect(await compact()).toEqual({ tasks: 0, events: 0 });
    await append(taskId, [{ type: 'task.queued', data: {} }, ...hello], 6);
    await db.admin.query(
      `update tasks set events_compacted_at = ended_at - interval '1 minute' where id = $1`,
      [taskId],
    );
    expect(await compact()).toEqual({ tasks: 1, events: 1 });
    expect(await read(taskId, 0)).toMatchObject([
      { step: 'a', text: 'Hello' },
      { type: 'task.queued' },
      { step: 'a', text: 'Hello' },
    ]);
  });

  test('is merged once by two workers at the same moment', async () => {
    for (let n = 0; n < 8; n += 1) await endedTask([text('a', '1'), text('a', '2')]);
    const both = await Promise.all([compact(), compact()]);
    expect(both.reduce((sum, { events = 0 }) => sum + events, 0)).toBe(8);
  });

  test('is seen by the system that merges it no more than before', async () => {
    for (const statement of [
      'select data from task_events',
      `update task_events set data = '{}'`,
      `delete from task_events where created_at > now() - interval '1 day'`,
    ])
      await expect(
        asSystem(db.database, 'test', (tx) => tx.query(statement)).then(({ rowCount }) => {
          if (rowCount === 0) throw Object.assign(new Error('nothing'), { code: '42501' });
        }),
      ).rejects.toMatchObject({ code: '42501' });
  });
});
