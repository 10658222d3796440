import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

/** Something that stopped working and waits for somebody who may mend it. */
export type Notice = { kind: 'webhook' | 'integration'; id: string; name: string; reason: string };

const noticesShown = 5;

/** What of an organisation's connections to the outside broke by itself; only what the person may see. */
export async function listNotices(
  database: Database,
  actor: Actor,
  orgId: string,
): Promise<Notice[]> {
  const { rows } = await asActor(database, actor, (tx) =>
    tx.query<Notice>(
      `select 'webhook' as kind, id, url as name, disabled_reason as reason
       from webhook_endpoints
       where org_id = $1 and state = 'disabled' and disabled_reason is not null
       union all
       select 'integration', id, kind, coalesce(state_reason, '')
       from integrations where org_id = $1 and state = 'broken'
       order by 1, 2 limit $2`,
      [orgId, noticesShown],
    ),
  );
  return rows;
}
