import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { promptOf } from '../bodies.ts';
import type { Cell } from '../cell.ts';
import { follow } from '../follow.ts';
import { keepReading } from '../keep-reading.ts';
import { listenToEnds } from '../listen-to-ends.ts';
import { drain, submitLoad, submitOne } from '../load.ts';
import { noneEnded } from '../none-ended.ts';
import { lasting } from '../pause.ts';

const replies = 20;

/**
 * The API's submissions are committed, and its database connection ends before it hears so: it says "later", and the
 * program's next try under the same key gets the answer to the first.
 */
const lostAtTheApi: Cell = {
  name: `connection cut between COMMIT and its reply at the API x${replies}`,
  run: async ({ lab, tasks, note }) => {
    await lab.startApi({ databaseUrl: lab.proxiedUrl });
    lab.proxy.loseCommitReplies(replies);
    const met = await submitLoad(lab, tasks);
    if (lab.proxy.commitRepliesLeft > 0)
      throw new Error(`${lab.proxy.commitRepliesLeft} replies were not lost: too small a load`);
    note(`${met.putOff} submissions put off`);
    if (met.putOff === 0) throw new Error('no submission heard of a lost reply');
    await lab.startWorkers();
    noneEnded(lab);
  },
};

const noticedWithinSeconds = 30;

/** The network forgets the API's connections to its database: whoever asks is told "later" in time, and readers miss nothing. */
const halfOpenAtTheApi: Cell = {
  name: 'half-open connections to the database at the API',
  run: async ({ lab, tasks, note }) => {
    await lab.startApi({ databaseUrl: lab.proxiedUrl });
    await lab.startWorkers();
    const [tenant] = lab.tenants;
    if (!tenant) throw new Error('a lab has organisations');
    const first = await submitOne(lab, tenant, 'followed', promptOf(0, tenant));
    const reader = follow(tenant, first);
    const reading = keepReading(lab);
    const load = submitLoad(lab, tasks, { overSeconds: 10 });
    await lasting(2);
    lab.proxy.forget();
    await load;
    await drain(lab);
    const { latestSeconds } = await reader;
    const { read, putOff, slowestSeconds } = await reading();
    note(`${putOff} of ${putOff + read} readings put off, slowest ${slowestSeconds.toFixed(1)} s`);
    note(`latest event after ${latestSeconds.toFixed(1)} s`);
    if (slowestSeconds > noticedWithinSeconds) throw new Error('somebody waited too long');
    noneEnded(lab);
  },
};

const repeatedCommand: Cell = {
  name: 'duplicate command x50',
  run: async ({ lab, tasks }) => {
    await lab.startWorkers();
    const load = submitLoad(lab, tasks);
    const [tenant] = lab.tenants;
    if (!tenant) throw new Error('a lab has organisations');
    const again = () => submitOne(lab, tenant, 'again', promptOf(0, tenant));
    await Promise.all(Array.from({ length: 50 }, again));
    await load;
  },
};

/** A message's job fifty times: before it is sent, and after. Receivers may hear twice of the same message, under one id. */
const repeatedMessage: Cell = {
  name: 'duplicate webhook job x50',
  run: async ({ lab, tasks, note }) => {
    await listenToEnds(lab);
    const load = submitLoad(lab, tasks);
    await lab.startWorkers();
    const { admin, boss } = lab.system.db;
    const messages = await eventually('five messages are to be sent', async () => {
      const { rows } = await admin.query<{ data: object }>(
        `select data from pgboss.job where name = 'webhooks' order by created_on limit 5`,
      );
      return rows.length === 5 && rows;
    });
    const sendAgain = () =>
      Promise.all(
        Array.from({ length: 50 }, (_, n) => boss.send('webhooks', messages[n % 5]?.data ?? {})),
      );
    await sendAgain();
    await load;
    await eventually('five are sent', async () => {
      const { rows } = await admin.query(
        `select from webhook_deliveries where state = 'delivered' limit 5`,
      );
      return rows.length === 5;
    });
    await sendAgain();
    await eventually('all jobs are done', async () => {
      const { rows } = await admin.query(
        `select from pgboss.job where name = 'webhooks' and state in ('created', 'retry', 'active') limit 1`,
      );
      return rows.length === 0;
    });
    const ids = lab.receiver.received.map(({ headers }) => headers['webhook-id']);
    note(`${ids.length} arrived of ${new Set(ids).size} messages`);
  },
};

export const lostAnswers: Cell[] = [
  lostAtTheApi,
  halfOpenAtTheApi,
  repeatedCommand,
  repeatedMessage,
];
