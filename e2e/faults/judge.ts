import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reconcileCalls } from '../../worker/src/upkeep/reconcile-calls.ts';
import { UsageReport } from '../../worker/src/upkeep/reconciliation/usage-report.ts';
import type { Lab } from './lab.ts';

const folder = join(import.meta.dirname, 'invariants');
const invariants = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => ({
    name: file.replace('.sql', ''),
    sql: readFileSync(join(folder, file), 'utf8'),
  }));

export type Verdict = {
  tasks: number;
  /** Every row is one broken promise: which, what, and whose. */
  broken: string[];
  lost: number;
  doubled: number;
  ledgerDifference: number;
};

/** Puts the simulator's own call log beside the tables and asks every invariant. */
export async function judge(lab: Lab): Promise<Verdict> {
  const { admin } = lab.system.db;
  await reconcile(lab);
  await readCalls(lab);
  const broken: string[] = [];
  const counts = new Map<string, number>();
  for (const { name, sql } of invariants) {
    const { rows } = await admin.query<{ what: string; id: string }>(sql);
    counts.set(name, rows.length);
    broken.push(...rows.slice(0, 3).map(({ what, id }) => `${name}: ${what} (${id})`));
  }
  for (const { canary } of lab.tenants) {
    if (lab.workers.some(({ log }) => log.includes(canary)))
      broken.push('i2: a canary stands in a log');
  }
  const { rows } = await admin.query('select count(*)::int as n from public.tasks');
  const count = (...names: string[]) =>
    names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  return {
    tasks: rows[0].n,
    broken,
    lost: count('l1-lost'),
    doubled: count('l1-doubled', 't3-messages'),
    ledgerDifference: count('t2-bills', 'm1-totals'),
  };
}

/** Everything has ended, and the simulator's report is never late. */
const atOnce = { settleSeconds: 0, sureSeconds: 0, estimateSeconds: 0 };

/** What workers do every half minute, once nothing is under way any more. */
async function reconcile({ system }: Lab): Promise<void> {
  const report = new UsageReport({
    baseUrl: system.simulator.url,
    adminKey: 'sk-ant-admin-test',
    apiKey: 'test',
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

type Call = {
  request_id: string;
  model: string | null;
  billed: boolean;
  outcome: string;
  usage: Record<string, number> | null;
};

async function readCalls(lab: Lab): Promise<void> {
  const response = await fetch(`${lab.system.simulator.url}/_control/calls`);
  const { calls } = (await response.json()) as { calls: Call[] };
  const rows = calls.map(({ request_id, model, billed, outcome, usage }) => ({
    request_id,
    model,
    billed,
    outcome,
    input_tokens: usage?.input_tokens ?? 0,
    cache_read_tokens: usage?.cache_read_input_tokens ?? 0,
    cache_write_tokens: usage?.cache_creation_input_tokens ?? 0,
    output_tokens: usage?.output_tokens ?? 0,
  }));
  await lab.system.db.admin.query(
    'insert into faults.calls select * from jsonb_populate_recordset(null::faults.calls, $1)',
    [JSON.stringify(rows)],
  );
}
