import { artifactList } from '@devsphere/shared/contracts/http/artifact.ts';
import type { OpenApiTools } from '../tools.ts';

/** The files that tasks made. */
export function artifactPaths(tools: OpenApiTools): Record<string, unknown> {
  const { operation, body, problems, pathParameter } = tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const task = pathParameter('id', 'Id of the task.');
  return {
    '/v1/orgs/{org}/tasks/{id}/artifacts': {
      parameters: [org, task],
      get: operation('List the files of a task, by name', 'tasks', {
        200: body(artifactList, 'At most 100'),
        ...problems(401, 404, 503),
      }),
    },
    '/v1/orgs/{org}/tasks/{id}/artifacts/{artifact}/content': {
      parameters: [org, task, pathParameter('artifact', 'Id of the file.')],
      get: operation('Download a file of a task', 'tasks', {
        200: {
          description: 'The file, as its media type says',
          content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problems(401, 404, 503),
      }),
    },
  };
}
