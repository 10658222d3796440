/** Whose rights a transaction has. */
export type Actor =
  | { type: 'person'; userId: string }
  | { type: 'operator'; userId: string }
  | { type: 'visitor' }
  | { type: 'api_key'; orgId: string; keyId: string }
  /** Who shows an API key that has not been looked up yet. */
  | { type: 'unknown_key' }
  | { type: 'task'; orgId: string; taskId: string }
  | { type: 'outgoing'; orgId: string };

/** Whoever can have a part in a transaction that several share. */
export type Party =
  | Actor
  /** Several tasks of one organisation, written together. */
  | { type: 'tasks'; orgId: string; taskIds: readonly string[] }
  /** The owner of the queue, who sees no table of organisations. */
  | { type: 'queue' }
  /** The system itself, across organisations; `reason` says what for. */
  | { type: 'system'; reason: string };

/** The role a transaction takes, and the claims that policies ask about. */
export type Identity = { role: string; claims: Record<string, string> };

/** How the database is told who acts. */
export function identityOf(party: Party): Identity {
  switch (party.type) {
    case 'person':
      return { role: 'devsphere_member', claims: { sub: party.userId, role: 'authenticated' } };
    case 'operator':
      // The role alone opens nothing: every policy asks whether this person is an operator.
      return { role: 'devsphere_operator', claims: { sub: party.userId, role: 'authenticated' } };
    case 'visitor':
      return { role: 'anon', claims: { role: 'anon' } };
    case 'api_key':
      // The claims say which key; what it may do is looked up by the policies, at every statement.
      return { role: 'devsphere_api_key', claims: { org_id: party.orgId, key_id: party.keyId } };
    case 'unknown_key':
      return { role: 'devsphere_api_key', claims: {} };
    case 'task':
      return identityOf({ type: 'tasks', orgId: party.orgId, taskIds: [party.taskId] });
    case 'tasks':
      return {
        role: 'devsphere_task',
        // As PostgreSQL writes an array: policies read it many times.
        claims: { org_id: party.orgId, task_ids: `{${party.taskIds.join(',')}}` },
      };
    case 'queue':
      return { role: 'devsphere_queue', claims: {} };
    case 'system':
      return { role: 'devsphere_system', claims: { reason: party.reason } };
    case 'outgoing':
      return { role: 'devsphere_outgoing', claims: { org_id: party.orgId } };
  }
}
