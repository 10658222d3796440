import {
  changeRoleBody,
  listMembersQuery,
  memberPage,
} from '@devsphere/shared/contracts/http/member.ts';
import {
  createOrganizationBody,
  deleteOrganizationBody,
  editOrganizationBody,
  organization,
  organizationList,
} from '@devsphere/shared/contracts/http/organization.ts';
import type { z } from 'zod';
import type { OpenApiTools } from '../tools.ts';

type Json = Record<string, unknown>;

/** The paths of organisations and their members in the OpenAPI document. */
export function organizationPaths(tools: OpenApiTools): Json {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const user = pathParameter('user', 'Id of the person, or `me`.');
  const requestBody = (zod: z.ZodType) => ({
    required: true,
    content: { 'application/json': { schema: schema(zod, 'input') } },
  });
  return {
    '/v1/orgs': {
      get: operation('List your organisations', 'organizations', {
        200: body(organizationList, 'Those you belong to, by name'),
        ...problems(401, 503),
      }),
      post: {
        ...operation('Create an organisation', 'organizations', {
          201: body(organization, 'Created; you own it'),
          200: body(organization, 'You had created the same one before'),
          ...problems(400, 401, 403, 409, 413, 415, 503),
        }),
        requestBody: requestBody(createOrganizationBody),
      },
    },
    '/v1/orgs/{org}': {
      parameters: [org],
      get: operation('Read an organisation', 'organizations', {
        200: body(organization, 'The organisation, with your role'),
        ...problems(401, 404, 503),
      }),
      patch: {
        ...operation('Rename an organisation or change its address', 'organizations', {
          200: body(organization, 'Changed; what the body left out stayed'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        requestBody: requestBody(editOrganizationBody),
      },
      delete: {
        ...operation('Delete an organisation and everything it owns', 'organizations', {
          202: { description: 'Gone for everybody; its rows and files follow' },
          ...problems(400, 401, 403, 404, 413, 415, 503),
        }),
        requestBody: requestBody(deleteOrganizationBody),
      },
    },
    '/v1/orgs/{org}/members': {
      parameters: [org],
      get: {
        ...operation('List members in the order they joined', 'members', {
          200: body(memberPage, 'One page'),
          ...problems(400, 401, 404, 503),
        }),
        parameters: queryParameters(schema(listMembersQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/members/{user}': {
      parameters: [org, user],
      patch: {
        ...operation('Change the role of a member', 'members', {
          204: { description: 'Changed, with effect on their next request' },
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        requestBody: requestBody(changeRoleBody),
      },
      delete: operation('Remove a member, or leave', 'members', {
        204: { description: 'Removed; their open event streams end' },
        ...problems(401, 403, 404, 409, 503),
      }),
    },
  };
}
