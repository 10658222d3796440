import type { Db, PgBoss } from 'pg-boss';

/** An organisation's jobs, and by which plan's limit the queue counts those that run at once. */
export type JobGroup = { id: string; tier?: string };

type Known = { group: JobGroup; until: number };

/** A plan that changed holds for new jobs after this; jobs that wait are moved by the change itself. */
const knownMilliseconds = 10_000;
const remembered = 10_000;
const known = new WeakMap<PgBoss, Map<string, Known>>();

/** The group of an organisation's jobs, asked of the database as the queue's owner at most every ten seconds. */
export async function groupOf(boss: PgBoss, orgId: string): Promise<JobGroup> {
  const groups = known.get(boss) ?? new Map<string, Known>();
  known.set(boss, groups);
  const before = groups.get(orgId);
  const now = performance.now();
  if (before && before.until > now) return before.group;
  const { rows } = await boss.getDb().executeSql('select app.plan_of($1) as plan', [orgId]);
  const plan: string | null = rows[0]?.plan ?? null;
  const group = plan === null ? { id: orgId } : { id: orgId, tier: plan };
  if (groups.size >= remembered) groups.clear();
  groups.set(orgId, { group, until: now + knownMilliseconds });
  return group;
}

/** Moves the jobs of an organisation that wait to the tier of its new plan. */
export async function moveToTier(
  db: Db,
  queues: readonly string[],
  { id, tier }: Required<JobGroup>,
): Promise<void> {
  await db.executeSql(
    `update pgboss.job set group_tier = $3
     where name = any($1) and group_id = $2 and state in ('created', 'retry')`,
    [queues, id, tier],
  );
}
