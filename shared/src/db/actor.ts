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

/** The role a transaction takes, and the claims that policies ask about. */
export type Identity = { role: string; claims: Record<string, string> };

/** How the database is told who acts. */
export function identityOf(actor: Actor): Identity {
  switch (actor.type) {
    case 'person':
      return { role: 'devsphere_member', claims: { sub: actor.userId, role: 'authenticated' } };
    case 'operator':
      // The role alone opens nothing: every policy asks whether this person is an operator.
      return { role: 'devsphere_operator', claims: { sub: actor.userId, role: 'authenticated' } };
    case 'visitor':
      return { role: 'anon', claims: { role: 'anon' } };
    case 'api_key':
      // The claims say which key; what it may do is looked up by the policies, at every statement.
      return { role: 'devsphere_api_key', claims: { org_id: actor.orgId, key_id: actor.keyId } };
    case 'unknown_key':
      return { role: 'devsphere_api_key', claims: {} };
    case 'task':
      return { role: 'devsphere_task', claims: { org_id: actor.orgId, task_id: actor.taskId } };
    case 'outgoing':
      return { role: 'devsphere_outgoing', claims: { org_id: actor.orgId } };
  }
}
