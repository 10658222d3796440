import { createHash } from 'node:crypto';
import { readTables } from '@devsphere/shared/testing/isolation/catalogue.ts';
import { decodeJwt } from 'jose';
import type pg from 'pg';
import type { CallEntry } from '../../simulator/src/calls/call-entry.ts';
import { canaries, tracesIn } from './marks.ts';
import type { SentAnswer } from './record.ts';
import { secrets } from './secrets.ts';

/** Whoever holds a link sees what it is for. */
const linked = /^\/(approvals|invitations)\//;

type Known = {
  /** Of a canary, the id of a row, or a request to a model. */
  organizationOf: Map<string, string>;
  /** Everything a person or the hash of a key may see. */
  organizationsOf: Map<string, Set<string>>;
  operators: Set<string>;
};

/** What a run of tests has seen. */
export type Seen = {
  answers: SentAnswer[];
  logged: string;
  /** Sent to the outside. */
  messages: string[];
  /** Asked of the model. */
  calls: Array<Pick<CallEntry, 'request_id' | 'metadata' | 'canaries'>>;
};

/** What somebody was sent of an organisation they never belonged to, and what logs and jobs say that they never may. */
export async function findLeaks(
  admin: pg.Pool,
  { answers, logged, messages, calls }: Seen,
): Promise<string[]> {
  const known = await readKnown(admin);
  const { rows } = await admin.query<{ jobs: string | null }>(
    `select string_agg(concat(data, output), ' ') as jobs from pgboss.job`,
  );
  return [
    ...answers.flatMap((answer) => foreign(answer, known)),
    ...shownTwice(answers),
    ...messages.flatMap((message) => mixed(message, known)),
    ...calls.flatMap((call) => misplaced(call, known)),
    ...neverIn('a log', logged),
    ...neverIn('a job', rows[0]?.jobs ?? ''),
  ];
}

function foreign({ authorizations, url, text }: SentAnswer, known: Known): string[] {
  const subjects = authorizations.map(subjectOf);
  const own = new Set(
    subjects.flatMap((subject) => [...(known.organizationsOf.get(subject) ?? [])]),
  );
  const isOperator = subjects.some((subject) => known.operators.has(subject));
  return tracesIn(text).flatMap((mark) => {
    const organization = known.organizationOf.get(mark);
    // What was asked for by its id may be named in the refusal.
    if (!organization || own.has(organization) || url.includes(mark) || linked.test(url)) return [];
    // Operators see which tasks there are, never what is in them.
    if (isOperator && !mark.startsWith('canary-')) return [];
    return [`${url} told ${subjects.join(' and ') || 'a visitor'} of ${mark}`];
  });
}

/** A message to the outside is of one organisation. */
function mixed(message: string, { organizationOf }: Known): string[] {
  const organizations = new Set(
    tracesIn(message)
      .map((mark) => organizationOf.get(mark))
      .filter(Boolean),
  );
  return organizations.size > 1 ? [`a message tells of ${organizations.size} organisations`] : [];
}

/** A model is asked for one task, or for whoever has its bill, in the words of that organisation alone. */
function misplaced(call: Seen['calls'][number], { organizationOf }: Known): string[] {
  const asking = organizationOf.get(call.metadata.user_id ?? call.request_id);
  const whose = new Set(call.canaries.map((mark) => organizationOf.get(mark)));
  // Who asked is not known of a call whose reply was lost: then its words are at least of one.
  const isWrong = asking ? [...whose].some((each) => each !== asking) : whose.size > 1;
  return isWrong ? [`the model was asked ${call.request_id} with ${call.canaries}`] : [];
}

/** New secrets are in the one answer that made them. */
function shownTwice(answers: SentAnswer[]): string[] {
  const seen = new Set<string>();
  return answers.flatMap(({ url, text }) =>
    [...new Set([...text.matchAll(secrets)].map(([secret]) => secret))].flatMap((secret) => {
      const again = seen.has(secret);
      seen.add(secret);
      return again ? [`${url} showed a secret again: ${secret.slice(0, 12)}…`] : [];
    }),
  );
}

function neverIn(place: string, text: string): string[] {
  return [...text.matchAll(canaries), ...text.matchAll(secrets)].map(
    ({ 0: what, index }) =>
      `${place} has ${what.slice(0, 20)}…: ${text.slice(Math.max(0, index - 80), index)}`,
  );
}

/** The person of an access token, or the hash of an API key; nobody's when it is neither. */
function subjectOf(authorization: string): string {
  const token = authorization.split(' ')[1] ?? '';
  if (token.startsWith('ds_')) return createHash('sha256').update(token).digest('hex');
  try {
    return decodeJwt(token).sub ?? '';
  } catch {
    return '';
  }
}

async function readKnown(admin: pg.Pool): Promise<Known> {
  const tables = (await readTables(admin)).filter(
    ({ isTenant, uuidColumns, name }) =>
      isTenant && uuidColumns.includes('id') && name.startsWith('public.'),
  );
  const { rows: marks } = await admin.query<{ mark: string; org_id: string }>(
    [
      'select mark, org_id from canary.organizations',
      'select provider_request_id, org_id from usage_entries',
    ]
      .concat(tables.map(({ name }) => `select id::text, org_id from ${name}`))
      .join(' union all '),
  );
  const { rows: belonging } = await admin.query<{ subject: string; org_id: string }>(
    'select user_id::text as subject, org_id from canary.members union all select hash, org_id from canary.keys',
  );
  const { rows: operators } = await admin.query<{ user_id: string }>(
    'select user_id from platform_operators',
  );
  const organizationsOf = new Map<string, Set<string>>();
  for (const { subject, org_id } of belonging)
    organizationsOf.set(subject, (organizationsOf.get(subject) ?? new Set()).add(org_id));
  return {
    organizationOf: new Map(marks.map(({ mark, org_id }) => [mark, org_id])),
    organizationsOf,
    operators: new Set(operators.map(({ user_id }) => user_id)),
  };
}
