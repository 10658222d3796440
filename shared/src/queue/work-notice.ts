import { isId } from '../ids.ts';

/** One job that has just been sent, so that a worker at rest need not look for it. */
export type NamedJob = { queue: string; jobId: string; orgId: string; taskId: string };

/** What is announced on the channel `work`: a queue, or the one job that was sent there. */
export function workNotice(job: NamedJob): string {
  return [job.queue, job.jobId, job.orgId, job.taskId].join('/');
}

/** The queue that a notice means, and the job where it names one. */
export function readWorkNotice(payload: string): { queue: string; job: NamedJob | undefined } {
  const [queue = '', jobId = '', orgId = '', taskId = ''] = payload.split('/');
  const named = isId(jobId) && isId(orgId) && isId(taskId);
  return { queue, job: named ? { queue, jobId, orgId, taskId } : undefined };
}
