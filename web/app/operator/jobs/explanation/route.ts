import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { explainJob } from '@devsphere/shared/queries/operator/explain-job.ts';
import { queueNames } from '../../../../lib/server/job-query.ts';
import { findOperator } from '../../../../lib/server/operator.ts';
import { boss, database } from '../../../../lib/server/services.ts';

/** Why a job does not run, asked when an operator opens the question beside it. */
export async function GET(request: Request): Promise<Response> {
  const found = await findOperator();
  const { searchParams } = new URL(request.url);
  const [queue, jobId] = [searchParams.get('queue') ?? '', searchParams.get('job') ?? ''];
  if (!found || !queueNames.includes(queue) || !isId(jobId))
    return new Response(null, { status: 404 });
  try {
    const explanation = await explainJob(database(), await boss(), found.operator, {
      queue,
      jobId,
    });
    return Response.json(explanation, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found')
      return new Response(null, { status: 404 });
    throw error;
  }
}
