import {
  acceptInvitationBody,
  invitation,
  invitationPage,
  inviteMemberBody,
  listInvitationsQuery,
} from '@devsphere/shared/contracts/http/invitation.ts';
import { organization } from '@devsphere/shared/contracts/http/organization.ts';
import type { z } from 'zod';
import type { OpenApiTools } from '../tools.ts';

type Json = Record<string, unknown>;

/** The paths of invitations in the OpenAPI document. */
export function invitationPaths(tools: OpenApiTools): Json {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const id = pathParameter('id', 'Id of the invitation.');
  const requestBody = (zod: z.ZodType) => ({
    required: true,
    content: { 'application/json': { schema: schema(zod, 'input') } },
  });
  return {
    '/v1/orgs/{org}/invitations': {
      parameters: [org],
      post: {
        ...operation('Invite somebody by mail', 'members', {
          201: body(invitation, 'Invited; the mail is on its way'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        requestBody: requestBody(inviteMemberBody),
      },
      get: {
        ...operation('List open and expired invitations, newest first', 'members', {
          200: body(invitationPage, 'One page; empty for who may not manage members'),
          ...problems(400, 401, 404, 503),
        }),
        parameters: queryParameters(schema(listInvitationsQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/invitations/{id}': {
      parameters: [org, id],
      delete: operation('Take an invitation back', 'members', {
        204: { description: 'Its link works no more' },
        ...problems(401, 403, 404, 409, 503),
      }),
    },
    '/v1/orgs/{org}/invitations/{id}/mails': {
      parameters: [org, id],
      post: operation('Send an invitation again with a new link', 'members', {
        202: body(invitation, 'On its way; the link before works no more'),
        ...problems(401, 403, 404, 409, 503),
      }),
    },
    '/v1/invitations/acceptance': {
      post: {
        ...operation('Accept an invitation', 'members', {
          200: body(organization, 'The organisation you now belong to'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        requestBody: requestBody(acceptInvitationBody),
      },
    },
  };
}
