import { approvalToken } from '@devsphere/shared/approvals/approval-token.ts';
import { type OutgoingEvent, outgoingEvents } from '@devsphere/shared/contracts/outgoing-events.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { IntegrationErrand } from '@devsphere/shared/queue/integration-queue.ts';

type Notification = IntegrationErrand & { do: 'notify' };
type Row = { slug: string; name: string | null; reason: string | null };
/** What links are made of; null leaves them out. */
type Links = { webUrl: string | null; linkSecret: string | null };

const maximumNameLength = 150;
const subjectsWithPages = { task: 'tasks', schedule: 'schedules' } as const;

/** What a chat is told, in its own markup, with a link; undefined when what it tells of is gone. */
export async function notificationText(
  database: Database,
  orgId: string,
  { event, subject, subjectId }: Notification,
  { webUrl, linkSecret }: Links,
): Promise<string | undefined> {
  const [{ rows }, open] = await asActor(database, { type: 'outgoing', orgId }, (tx) =>
    Promise.all([
      tx.query<Row>(queries[subject], subject === 'budget' ? [orgId] : [orgId, subjectId]),
      event === 'task.waiting' && tx.query<{ id: string }>(openApproval, [orgId, subjectId]),
    ]),
  );
  const [row] = rows;
  if (!row) return undefined;
  const words = event in outgoingEvents ? outgoingEvents[event as OutgoingEvent] : event;
  const path =
    subject === 'budget' ? 'settings/usage' : `${subjectsWithPages[subject]}/${subjectId}`;
  const name = escaped((row.name ?? 'Budget').slice(0, maximumNameLength));
  const link = webUrl ? `<${webUrl}/${row.slug}/${path}|${name}>` : name;
  const approvalId = open ? open.rows[0]?.id : undefined;
  const answer =
    approvalId && webUrl && linkSecret
      ? ` · <${webUrl}/approvals/${approvalToken(linkSecret, { orgId, approvalId })}|Answer it>`
      : '';
  return `${words}: ${link}${row.reason ? ` (${escaped(row.reason)})` : ''}${answer}`;
}

/** Whoever reads the chat may answer: the link needs no account, and works once. */
const openApproval = `select id from approvals where org_id = $1 and task_id = $2 and state = 'open' and expires_at > now()`;

const queries: Record<Notification['subject'], string> = {
  task: `select o.slug, t.title as name, t.error_code as reason
         from organizations o left join tasks t on t.org_id = o.org_id and t.id = $2
         where o.org_id = $1 and t.id is not null`,
  schedule: `select o.slug, s.name, s.paused_reason as reason
             from organizations o left join schedules s on s.org_id = o.org_id and s.id = $2
             where o.org_id = $1 and s.id is not null`,
  budget: `select o.slug, null as name, null as reason from organizations o where o.org_id = $1`,
};

/** In Slack's markup these three are all that means something inside a text. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\r\n|]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
