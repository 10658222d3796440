'use client';

import type { TaskEvent, TaskEventType } from '@devsphere/shared/contracts/events/task-event.ts';
import { useRouter } from 'next/navigation';
import { useEffect, useReducer, useRef, useState } from 'react';
import { applyEvents, hasEnded, type LiveTask } from '../live-task.ts';
import { openEventStream, type StreamStatus } from './event-stream.ts';

const eventTypes = [
  'task.queued',
  'attempt.started',
  'attempt.failed',
  'cancel.requested',
  'approval.requested',
  'approval.answered',
  'step.started',
  'step.replayed',
  'step.completed',
  'text',
  'progress',
  'usage',
  'task.ended',
] as const satisfies readonly TaskEventType[];

// Often enough to read along, seldom enough to keep typing and scrolling smooth.
const renderMilliseconds = 60;

type Action = { events: TaskEvent[] } | { fromServer: LiveTask };

function reduce(live: LiveTask, action: Action): LiveTask {
  if ('events' in action) return applyEvents(live, action.events);
  return action.fromServer.seq > live.seq ? action.fromServer : live;
}

/**
 * A task that moves by itself: what the server folded, then every event since. Goes back to the server when the
 * task has ended (its row holds the result), when the stream keeps failing, and after a retry.
 */
export function useLiveTask(
  fromServer: LiveTask,
  streamPath: string,
  rowEnded: boolean,
  /** The open approval that the server knows. */
  knownApproval: string | null,
): { live: LiveTask; status: StreamStatus } {
  const router = useRouter();
  const [live, dispatch] = useReducer(reduce, fromServer);
  const [status, setStatus] = useState<StreamStatus>('connecting');
  const lastSeq = useRef(live.seq);

  useEffect(() => {
    lastSeq.current = Math.max(lastSeq.current, fromServer.seq);
    dispatch({ fromServer });
  }, [fromServer]);

  const watching = !rowEnded && !hasEnded(live);
  useEffect(() => {
    if (!watching) return;
    let waiting: TaskEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const events = waiting;
      waiting = [];
      dispatch({ events });
    };
    const close = openEventStream({
      url: () => `${streamPath}?after=${lastSeq.current}`,
      types: eventTypes,
      onStatus: setStatus,
      onTrouble: () => router.refresh(),
      onEvent: (data) => {
        const event = JSON.parse(data) as TaskEvent;
        lastSeq.current = Math.max(lastSeq.current, event.seq);
        waiting.push(event);
        timer ??= setTimeout(flush, renderMilliseconds);
      },
    });
    return () => {
      close();
      if (timer) {
        clearTimeout(timer);
        flush();
      }
    };
  }, [watching, streamPath, router]);

  // The last event says that the result is stored: show the stored one.
  const ended = hasEnded(live);
  useEffect(() => {
    if (ended && !rowEnded) router.refresh();
  }, [ended, rowEnded, router]);

  // What is asked stands in a row of its own.
  const asked = live.approval;
  useEffect(() => {
    if (asked && asked !== knownApproval) router.refresh();
  }, [asked, knownApproval, router]);

  return { live, status };
}
