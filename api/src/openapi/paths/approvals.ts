import { answerApprovalBody, approvalList } from '@devsphere/shared/contracts/http/approval.ts';
import { taskSummary } from '@devsphere/shared/contracts/http/task.ts';
import type { OpenApiTools } from '../tools.ts';

/** What tasks ask people. */
export function approvalPaths(tools: OpenApiTools): Record<string, unknown> {
  const { operation, schema, body, problems, pathParameter } = tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const task = pathParameter('id', 'Id of the task.');
  return {
    '/v1/orgs/{org}/tasks/{id}/approvals': {
      parameters: [org, task],
      get: operation('Read what a task asked people, newest first', 'tasks', {
        200: body(approvalList, 'At most 50'),
        ...problems(401, 404, 503),
      }),
    },
    '/v1/orgs/{org}/tasks/{id}/approvals/{approval}/answer': {
      parameters: [org, task, pathParameter('approval', 'Id of the approval.')],
      post: {
        ...operation('Answer what a waiting task asked', 'tasks', {
          202: body(taskSummary, 'Answered; the task goes on'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schema(answerApprovalBody, 'input') } },
        },
      },
    },
  };
}
