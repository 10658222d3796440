import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { explainTask } from '@devsphere/shared/queries/explain-task.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import type { RouteContext, TaskParams } from '../../../../../lib/page-props.ts';
import { findPerson } from '../../../../../lib/server/person.ts';
import { boss, database } from '../../../../../lib/server/services.ts';

/** Why a task is where it is, asked again and again by its page until it ends. */
export async function GET(
  _request: Request,
  { params }: RouteContext<TaskParams>,
): Promise<Response> {
  const { org, id } = await params;
  const person = await findPerson();
  if (!person) return new Response(null, { status: 401 });
  if (!isId(id)) return new Response(null, { status: 404 });
  try {
    const { orgId } = await findOrganization(database(), person, org);
    return Response.json(await explainTask(database(), await boss(), person, orgId, id), {
      headers: { 'cache-control': 'no-store' },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found')
      return new Response(null, { status: 404 });
    throw error;
  }
}
