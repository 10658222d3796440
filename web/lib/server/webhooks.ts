import 'server-only';
import type { OutgoingContext } from '@devsphere/shared/commands/outgoing-context.ts';
import {
  type DeliveryPage,
  listDeliveriesQuery,
  type WebhookDeliveryDetail,
  type WebhookEndpoint,
} from '@devsphere/shared/contracts/http/webhook.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { getDelivery } from '@devsphere/shared/queries/webhooks/get-delivery.ts';
import { getEndpoint } from '@devsphere/shared/queries/webhooks/get-endpoint.ts';
import { listDeliveries } from '@devsphere/shared/queries/webhooks/list-deliveries.ts';
import { listEndpoints } from '@devsphere/shared/queries/webhooks/list-endpoints.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { webEnv } from '../env.ts';
import { commandContext } from './command-context.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import type { SignedInPerson } from './person.ts';
import { database } from './services.ts';

const pageSize = 25;

/** What a command needs that takes a secret or an address. */
export async function outgoingContext(person: SignedInPerson): Promise<OutgoingContext> {
  const { SECRETS_PUBLIC_KEY, WEBHOOK_ALLOW_PRIVATE } = webEnv();
  return {
    ...(await commandContext(person)),
    outgoing: { sealingKey: SECRETS_PUBLIC_KEY, allowPrivateAddresses: WEBHOOK_ALLOW_PRIVATE },
  };
}

/** The webhooks of an organisation. */
export async function loadEndpoints({
  person,
  organization,
}: OrganizationScope): Promise<WebhookEndpoint[]> {
  return (await listEndpoints(database(), person, organization.orgId)).endpoints;
}

/** A webhook; the 404 page when it is not there for this person. Once per request. */
export const loadEndpoint = cache(
  async ({ person, organization }: OrganizationScope, id: string): Promise<WebhookEndpoint> => {
    if (!isId(id)) notFound();
    return orNotFound(
      getEndpoint(database(), person, { orgId: organization.orgId, endpointId: id }),
    );
  },
);

/** The page of a webhook's deliveries that the address asks for. */
export async function loadDeliveries(
  { person, organization }: OrganizationScope,
  endpointId: string,
  { before }: SearchParams,
): Promise<DeliveryPage> {
  const wanted = listDeliveriesQuery.safeParse({ before, limit: pageSize });
  const target = { orgId: organization.orgId, endpointId };
  return listDeliveries(
    database(),
    person,
    target,
    wanted.success ? wanted.data : { limit: pageSize },
  );
}

/** A delivery with what came back; the 404 page when it is not there for this person. */
export async function loadDelivery(
  { person, organization }: OrganizationScope,
  endpointId: string,
  deliveryId: string,
): Promise<WebhookDeliveryDetail> {
  if (!isId(endpointId) || !isId(deliveryId)) notFound();
  const target = { orgId: organization.orgId, endpointId, deliveryId };
  return orNotFound(getDelivery(database(), person, target));
}

async function orNotFound<T>(found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
