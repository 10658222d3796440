import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asSystem, type Tx } from '../src/db/doors.ts';
import { Listener } from '../src/db/listener.ts';
import { eventually } from '../src/testing/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const number = async (tx: Tx, text: string, values: unknown[] = []) =>
  (await tx.query<{ n: number }>(text, values)).rows[0]?.n;

describe('statements given together', () => {
  test('are answered each with its own rows, in the order given', async () => {
    const answers = await asSystem(db.database, 'test', (tx) =>
      Promise.all([
        number(tx, 'select 1 as n'),
        number(tx, 'select $1::int + 1 as n', [1]),
        number(tx, 'select 3 as n where false'),
        number(tx, 'select 1 as n'),
      ]),
    );
    expect(answers).toEqual([1, 2, undefined, 1]);
  });

  test('that follow a failed one are not run, and the error is that of the failed one', async () => {
    const outcomes: PromiseSettledResult<unknown>[] = [];
    const work = asSystem(db.database, 'test', async (tx) => {
      outcomes.push(
        ...(await Promise.allSettled([
          number(tx, 'select 4 as n'),
          number(tx, 'select 1 / $1::int as n', [0]),
          number(tx, 'select 5 as n'),
        ])),
      );
      await number(tx, 'select 6 as n');
    });
    await expect(work).rejects.toThrow('division by zero');
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('that were skipped, or could not be planned, can be run on the same connection afterwards', async () => {
    for (let round = 0; round < 3; round++) {
      await expect(
        asSystem(db.database, 'test', (tx) =>
          Promise.all([
            number(tx, 'select n from there_is_no_such_table'),
            number(tx, 'select 7 as n'),
          ]),
        ),
      ).rejects.toThrow('there_is_no_such_table');
      const seven = await asSystem(db.database, 'test', (tx) => number(tx, 'select 7 as n'));
      expect(seven).toBe(7);
    }
  });

  test('with a value that cannot be sent fail as a whole and commit nothing', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    await expect(
      asSystem(db.database, 'test', (tx) =>
        Promise.all([
          number(tx, 'select 8 as n'),
          number(tx, 'select $1::jsonb as n', [circular]),
          number(tx, 'select 9 as n'),
        ]),
      ),
    ).rejects.toThrow(/circular/);
    expect(await asSystem(db.database, 'test', (tx) => number(tx, 'select 9 as n'))).toBe(9);
  });
});

describe('a commit sent along', () => {
  test('commits what was given before it', async () => {
    await db.admin.query(
      `create table public.scratch (n int); grant insert, select on public.scratch to devsphere_system`,
    );
    await asSystem(db.database, 'test', async (tx) => {
      const written = tx.query('insert into scratch values (1)');
      tx.commitAlong();
      await written;
    });
    expect((await db.admin.query('select n from scratch')).rows).toEqual([{ n: 1 }]);
  });

  test('commits nothing when a value given before it cannot be sent', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    await expect(
      asSystem(db.database, 'test', async (tx) => {
        const written = [
          tx.query('insert into scratch values (3)'),
          tx.query('insert into scratch select 4 where $1::jsonb is null', [circular]),
          tx.query('insert into scratch values (5)'),
        ];
        tx.commitAlong();
        await Promise.all(written);
      }),
    ).rejects.toThrow(/circular/);
    expect((await db.admin.query('select n from scratch')).rows).toEqual([{ n: 1 }]);
  });

  test('commits nothing when a statement before it failed', async () => {
    await expect(
      asSystem(db.database, 'test', async (tx) => {
        const written = [
          tx.query('insert into scratch values (2)'),
          tx.query('insert into scratch values (1 / $1::int)', [0]),
        ];
        tx.commitAlong();
        await Promise.all(written);
      }),
    ).rejects.toThrow('division by zero');
    expect((await db.admin.query('select n from scratch')).rows).toEqual([{ n: 1 }]);
  });

  test('takes announcements with it, and none when nothing was committed', async () => {
    const heard: string[] = [];
    const listener = new Listener({
      url: db.url,
      name: 'doors-test',
      on: { queues: (payload) => heard.push(payload) },
      onConnect: () => {},
      onError: () => {},
    });
    await listener.start();
    const announced = (payload: string, divisor: number) =>
      asSystem(db.database, 'test', async (tx) => {
        tx.announceAfterCommit('queues', payload);
        const answer = tx.query('select 1 / $1::int', [divisor]);
        tx.commitAlong();
        await answer;
      });
    try {
      await expect(announced('nothing', 0)).rejects.toThrow('division by zero');
      await announced('something', 1);
      await eventually('the announcement', async () => heard.length > 0);
      expect(heard).toEqual(['something']);
    } finally {
      await listener.close();
    }
  });
});

describe('a connection that is lost in the middle of a transaction', () => {
  test('fails that transaction, not the process, and the next one works', async () => {
    await expect(
      asSystem(db.database, 'test', async (tx) => {
        const pid = await number(tx, 'select pg_backend_pid() as n');
        await db.admin.query('select pg_terminate_backend($1)', [pid]);
        // Given time to break while nobody waits for a statement, which is when it ended the process.
        await eventually('it is gone', async () => {
          const { rowCount } = await db.admin.query('select from pg_stat_activity where pid = $1', [
            pid,
          ]);
          return rowCount === 0;
        });
        await number(tx, 'select 1 as n');
      }),
    ).rejects.toThrow();
    expect(await asSystem(db.database, 'test', (tx) => number(tx, 'select 2 as n'))).toBe(2);
  });
});
