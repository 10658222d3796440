import 'server-only';
import type { Approval } from '@devsphere/shared/contracts/http/approval.ts';
import type { TaskExplanation } from '@devsphere/shared/contracts/http/explanation.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { listApprovals } from '@devsphere/shared/queries/approvals/list-approvals.ts';
import { explainTask } from '@devsphere/shared/queries/explain-task.ts';
import {
  findScheduleOfTask,
  type ScheduleOfTask,
} from '@devsphere/shared/queries/find-schedule-of-task.ts';
import { getTask } from '@devsphere/shared/queries/get-task.ts';
import { getTaskTimeline } from '@devsphere/shared/queries/get-task-timeline.ts';
import { listTaskEvents } from '@devsphere/shared/queries/list-task-events.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { applyEvents, emptyLiveTask, type LiveTask } from '../live-task.ts';
import { type Timeline, timelineOfRows } from '../task-timeline.ts';
import { nameAnswerers } from './answerers.ts';
import { type Article, loadArticle } from './article.ts';
import { kindTitle } from './kinds.ts';
import type { OrganizationScope } from './organization.ts';
import { boss, database } from './services.ts';
import { authorOf, namesOf } from './task-list.ts';

// What a page folds at most before the stream takes over from there.
const eventsPerQuery = 1_000;
const queriesPerPage = 20;

export type TaskPageData = {
  task: TaskDetail;
  kindTitle: string;
  createdByName: string | null;
  /** The task after its events so far; the browser's stream goes on after `live.seq`. */
  live: LiveTask;
  timeline: Timeline;
  /** The files of an article; null for other kinds, and until it is written. */
  article: Article | null;
  /** The schedule that submitted it; null for a task of a person or a program. */
  schedule: ScheduleOfTask | null;
  /** What a person is asked; null while nobody is. */
  approval: Approval | null;
  /** Why it is where it is. */
  explanation: TaskExplanation;
};

/** Everything a task's page shows; the 404 page for a task that is not there for this person. Once per request. */
export const loadTaskPage = cache(
  async ({ person, organization }: OrganizationScope, taskId: string): Promise<TaskPageData> => {
    if (!isId(taskId)) notFound();
    const task = await taskOr404(person, organization.orgId, taskId);
    const [live, timeline, names, article, schedule, approvals, explanation] = await Promise.all([
      // The row of a succeeded task says all there is to say.
      task.state === 'succeeded'
        ? { ...emptyLiveTask(task.state), seq: task.lastEventSeq }
        : foldEvents(person, task),
      loadTimeline(person, organization.orgId, taskId),
      namesOf(person, organization.orgId, [task]),
      loadArticle(task),
      findScheduleOfTask(database(), person, organization.orgId, taskId),
      task.state === 'waiting' ? listApprovals(database(), person, organization.orgId, taskId) : [],
      explainTask(database(), await boss(), person, organization.orgId, taskId),
    ]);
    return {
      task,
      kindTitle: kindTitle(task.kind),
      createdByName: authorOf(task, names),
      live,
      timeline,
      article,
      schedule,
      approval: approvals.find(({ state }) => state === 'open') ?? null,
      explanation,
    };
  },
);

async function taskOr404(
  person: OrganizationScope['person'],
  orgId: string,
  taskId: string,
): Promise<TaskDetail> {
  try {
    return await getTask(database(), person, orgId, taskId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

async function loadTimeline(
  person: OrganizationScope['person'],
  orgId: string,
  taskId: string,
): Promise<Timeline> {
  const rows = await getTaskTimeline(database(), person, orgId, taskId);
  return timelineOfRows(rows, await nameAnswerers(person, orgId, rows.answers));
}

async function foldEvents(
  person: OrganizationScope['person'],
  task: TaskDetail,
): Promise<LiveTask> {
  // Before its first event a task is queued, whatever its row says by now.
  let live = emptyLiveTask('queued');
  for (let query = 0; query < queriesPerPage; query += 1) {
    const page = await listTaskEvents(database(), person, {
      orgId: task.orgId,
      taskId: task.id,
      afterSeq: live.seq,
      limit: eventsPerQuery,
    });
    live = applyEvents(live, page.events);
    if (page.events.length < eventsPerQuery) return live;
  }
  return live;
}
