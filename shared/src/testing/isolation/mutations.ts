import type pg from 'pg';

/** One safeguard taken away: how, how to put it back, and which table or function must notice. */
export type Mutation = { what: string; where: string; apply: string[]; restore: string[] };

type Policy = {
  table: string;
  name: string;
  command: string;
  roles: string[];
  using: string | null;
  check: string | null;
};

/** Every policy of ours, dropped (what it allows must be missed) and opened (what it keeps out must show). */
export async function policyMutations(admin: pg.Pool): Promise<Mutation[]> {
  const { rows } = await admin.query<Policy>(
    `select schemaname || '.' || tablename as table, policyname as name, cmd as command, roles::text[] as roles,
            qual as using, with_check as check
     from pg_policies where schemaname = 'public' or (schemaname, tablename) = ('storage', 'objects') order by 1, 2`,
  );
  return rows.flatMap((policy) => {
    const { table, name, command, roles, using, check } = policy;
    const id = `${JSON.stringify(name)} on ${table}`;
    const expressions = (u: string | null, c: string | null) =>
      `${u === null ? '' : ` using (${u})`}${c === null ? '' : ` with check (${c})`}`;
    const create = `create policy ${id} for ${command} to ${roles.join(', ')}${expressions(using, check)}`;
    const denies = using === 'false' || check === 'false';
    const always = (expression: string | null) => (expression === null ? null : 'true');
    const opened: Mutation = {
      what: `opened: ${id}`,
      where: table,
      apply: [
        `alter policy ${id}${expressions(always(using), always(check))}`,
        // A policy that refuses stands behind a right that was never given.
        ...(denies ? [`grant ${command}, select on ${table} to ${roles.join(', ')}`] : []),
      ],
      restore: [
        ...(denies ? [`revoke ${command} on ${table} from ${roles.join(', ')}`] : []),
        `alter policy ${id}${expressions(using, check)}`,
      ],
    };
    const dropped: Mutation = {
      what: `dropped: ${id}`,
      where: table,
      apply: [`drop policy ${id}`],
      restore: [create],
    };
    const isOpen = !denies && always(using) === using && always(check) === check;
    return denies ? [opened] : isOpen ? [dropped] : [dropped, opened];
  });
}

/** What functions ask before they answer: role, scope, liveness, organisation. Each is a text of the function, and what it becomes. */
const questions: [name: string, from: string, to: string][] = [
  ['app.permitted_org_ids', 'wanted = any (k.scopes)', 'true'],
  [
    'app.permitted_org_ids',
    `app.api_key_state(k.revoked_at, k.expires_at, k.overlap_ends_at) = 'live'`,
    'true',
  ],
  ['app.permitted_org_ids', 'k.id = (select app.claim_key_id())', 'true'],
  ['app.permitted_org_ids', 'm.user_id = (select auth.uid())', 'true'],
  ['app.permitted_org_ids', 'm.role >= (select', `'owner' >= (select`],
  ['app.budget_state', `wanted_org not in (select app.permitted_org_ids('usage.read'))`, 'false'],
  [
    'app.admit_spending',
    `wanted_org not in (select app.permitted_org_ids('tasks.submit'))`,
    'false',
  ],
  [
    'app.answer_approval',
    `wanted_org not in (select app.permitted_org_ids('tasks.submit'))`,
    'false',
  ],
  ['app.fellow_member_ids', 'mine.user_id = (select auth.uid())', 'true'],
  ['app.is_operator', 'o.user_id = (select auth.uid())', 'true'],
];

/** Each question of a function left out, one at a time. Throws when a function no longer asks it in those words. */
export async function questionMutations(admin: pg.Pool): Promise<Mutation[]> {
  const mutations: Mutation[] = [];
  for (const [name, from, to] of questions) {
    const { rows } = await admin.query<{ definition: string }>(
      `select pg_get_functiondef(oid) as definition from pg_proc where oid = $1::regproc`,
      [name],
    );
    const definition = rows[0]?.definition ?? '';
    if (!definition.includes(from)) throw new Error(`${name} no longer asks: ${from}`);
    mutations.push({
      what: `unasked: ${name}: ${from}`,
      where: name,
      apply: [definition.replace(from, to)],
      restore: [definition],
    });
  }
  return mutations;
}
