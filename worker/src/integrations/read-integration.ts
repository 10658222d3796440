import type { IntegrationKind } from '@devsphere/shared/contracts/http/integration.ts';
import { open } from '@devsphere/shared/crypto/sealed-secret.ts';
import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor, type Tx } from '@devsphere/shared/db/doors.ts';

/** An integration as a worker knows it; `secret` opens its seal. */
export type OpenIntegration = {
  orgId: string;
  id: string;
  kind: IntegrationKind;
  state: 'checking' | 'working' | 'broken';
  /** Changes with the secret. */
  version: string;
  secret: () => string;
};

type Which = { id: string } | { kind: IntegrationKind };

type Row = {
  id: string;
  kind: IntegrationKind;
  state: OpenIntegration['state'];
  key_id: string;
  wrapped_key: Buffer;
  ciphertext: Buffer;
};

/** The integration of an organisation with this id, or of this kind; undefined when there is none. */
export async function readIntegration(
  database: Database,
  keys: readonly OpeningKey[],
  { orgId, ...which }: { orgId: string } & Which,
): Promise<OpenIntegration | undefined> {
  return asActor(database, { type: 'outgoing', orgId }, (tx) =>
    selectIntegration(tx, keys, { orgId, ...which }),
  );
}

/** Gives the statement of `readIntegration`, in a transaction that may. */
export async function selectIntegration(
  tx: Pick<Tx, 'query'>,
  keys: readonly OpeningKey[],
  { orgId, ...which }: { orgId: string } & Which,
): Promise<OpenIntegration | undefined> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['kind', which.kind];
  const { rows } = await tx.query<Row>(
    `select id, kind, state, key_id, wrapped_key, ciphertext from integrations where org_id = $1 and ${column} = $2`,
    [orgId, value],
  );
  const [row] = rows;
  if (!row) return undefined;
  const sealed = { keyId: row.key_id, wrappedKey: row.wrapped_key, ciphertext: row.ciphertext };
  return {
    orgId,
    id: row.id,
    kind: row.kind,
    state: row.state,
    version: row.ciphertext.toString('base64'),
    secret: () => open(keys, { orgId, id: row.id, kind: row.kind }, sealed),
  };
}
