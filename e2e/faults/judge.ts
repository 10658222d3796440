import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { reconcileCalls } from '../../worker/src/upkeep/reconcile-calls.ts';
import { UsageReport } from '../../worker/src/upkeep/reconciliation/usage-report.ts';
import type { Lab } from './lab/lab.ts';
import { anthropicKey } from './lab/worker-process.ts';

const folder = join(import.meta.dirname, 'invariants');
const invariants = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => ({
    name: file.replace('.sql', ''),
    sql: readFileSync(join(folder, file), 'utf8'),
  }));

export type Verdict = {
  tasks: number;
  /** Every entry is one broken promise: which, what, and whose. */
  broken: string[];
  lost: number;
  doubled: number;
  ledgerDifference: number;
};

/** Puts what was asked for, what arrived and the simulator's own call log beside the tables, and asks every invariant of SQL. */
export async function judge(lab: Lab): Promise<Verdict> {
  const { admin } = lab.system.db;
  await admin.query(
    'insert into faults.commands select * from unnest($1::text[], $2::uuid[]) as c(key, task)',
    [lab.commands.map(({ key }) => key), lab.commands.map(({ taskId }) => taskId)],
  );
  // Whoever got no answer does not know which task it was.
  await admin.query(
    `insert into faults.commands select 'unanswered ' || id, id from public.tasks where debounce_key = any($1)`,
    [[...lab.uncertain]],
  );
  await admin.query('insert into faults.arrived select unnest($1::text[])', [
    lab.receiver.received.map(({ headers }) => headers['webhook-id'] ?? 'none'),
  ]);
  await reconcile(lab);
  await readCalls(lab);
  const broken: string[] = [];
  const counts = new Map<string, number>();
  for (const { name, sql } of invariants) {
    const { rows } = await admin.query<{ what: string; id: string }>(sql);
    counts.set(name, rows.length);
    broken.push(...rows.slice(0, 3).map(({ what, id }) => `${name}: ${what} (${id})`));
  }
  broken.push(...secretsTold(lab));
  const { rows } = await admin.query('select count(*)::int as n from public.tasks');
  const count = (...names: string[]) =>
    names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  return {
    tasks: rows[0].n,
    broken,
    lost: count('l1-lost', 'l1-live'),
    doubled: count('l1-doubled', 't3-messages'),
    ledgerDifference: count('t2-bills', 'm1-totals', 'm1-provider'),
  };
}

/** Everything has ended, and the simulator's report is never late. */
const atOnce = { settleSeconds: 0, sureSeconds: 0, estimateSeconds: 0 };

/** What workers do every half minute, once nothing is under way any more. */
async function reconcile({ system }: Lab): Promise<void> {
  const report = new UsageReport({
    baseUrl: system.simulator.url,
    adminKey: 'sk-ant-admin-test',
    apiKey: anthropicKey,
  });
  const job = reconcileCalls(system.db.database, report, {
    everySeconds: 30,
    days: 2,
    windows: 100,
    callsOfWindow: 1_000,
    patience: { provider: atOnce, simulator: atOnce },
  });
  await job.runOnce();
}

/** The lab's own secrets have no shape to be found by; each is looked for as it is. */
function secretsTold({ system, workers, apis }: Lab): string[] {
  const secrets = {
    'the password of the database': new URL(system.db.url).password,
    'the key of the provider': anthropicKey,
    'the key that opens secrets': testSealing.privateKeys(),
  };
  return [...workers, ...apis.map(({ process }) => process)].flatMap(({ log }) =>
    Object.entries(secrets).flatMap(([what, secret]) =>
      log.includes(secret) ? [`i2: a log has ${what}`] : [],
    ),
  );
}

async function readCalls(lab: Lab): Promise<void> {
  const rows = (await lab.calls()).map(({ usage, metadata, canaries, ...call }) => ({
    ...call,
    canary: canaries[0] ?? null,
    task_id: metadata.user_id,
    input_tokens: usage?.input_tokens ?? 0,
    cache_read_tokens: usage?.cache_read_input_tokens ?? 0,
    cache_write_tokens: usage?.cache_creation_input_tokens ?? 0,
    output_tokens: usage?.output_tokens ?? 0,
  }));
  // A prompt carries its organisation's mark; the agent's calls name their task.
  await lab.system.db.admin.query(
    `insert into faults.calls
     select c.request_id, c.billed, c.outcome, c.stop_reason, c.model, coalesce(o.org_id, t.org_id), c.task_id, c.received_at,
            c.ended_at, c.input_tokens, c.cache_read_tokens, c.cache_write_tokens, c.output_tokens
     from jsonb_to_recordset($1) as c(request_id text, billed boolean, outcome text, stop_reason text, model text, canary text,
       task_id uuid, received_at timestamptz, ended_at timestamptz, input_tokens bigint, cache_read_tokens bigint,
       cache_write_tokens bigint, output_tokens bigint)
     left join canary.organizations o on o.mark = c.canary
     left join public.tasks t on t.id = c.task_id`,
    [JSON.stringify(rows)],
  );
}
