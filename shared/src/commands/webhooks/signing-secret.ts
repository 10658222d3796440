import { randomBytes } from 'node:crypto';
import type { Insertable } from 'kysely';
import { seal } from '../../crypto/sealed-secret.ts';
import type { WebhookSecrets } from '../../db/schema.generated.ts';
import { newId } from '../../ids.ts';
import type { EndpointTarget } from '../../queries/webhooks/get-endpoint.ts';
import type { OutgoingContext } from '../outgoing-context.ts';

/** A new signing secret as Standard Webhooks writes it, and the row that keeps it sealed. */
export function newSigningSecret(
  { outgoing }: OutgoingContext,
  { orgId, endpointId }: EndpointTarget,
): { secret: string; row: Insertable<WebhookSecrets> } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const id = newId();
  const sealed = seal(outgoing.sealingKey, { orgId, id, kind: 'webhook' }, secret);
  return {
    secret,
    row: {
      org_id: orgId,
      endpoint_id: endpointId,
      id,
      key_id: sealed.keyId,
      wrapped_key: sealed.wrappedKey,
      ciphertext: sealed.ciphertext,
    },
  };
}
