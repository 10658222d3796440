'use client';

import {
  type TaskExplanation,
  taskExplanation,
} from '@devsphere/shared/contracts/http/explanation.ts';
import type { TaskState } from '@devsphere/shared/tasks/states.ts';
import { useEffect, useState } from 'react';

/** A place in a line changes by itself, and a worker that is gone says nothing: nothing tells the page. */
const askAgainMilliseconds = 3_000;

/** Why a task is where it is; asked again when its state changes, and every few seconds until it ends or waits for a person. */
export function useExplanation(
  path: string,
  state: TaskState,
  fromServer: TaskExplanation,
): TaskExplanation {
  const [explanation, setExplanation] = useState(fromServer);
  useEffect(() => setExplanation(fromServer), [fromServer]);
  useEffect(() => {
    const gone = new AbortController();
    const ask = async () => {
      const response = await fetch(path, { signal: gone.signal });
      if (response.ok) setExplanation(taskExplanation.parse(await response.json()));
    };
    // A question that fails is asked again; until then the last answer stands.
    const askQuietly = () => void ask().catch(() => {});
    if (state !== fromServer.state) askQuietly();
    const mayChange = state === 'queued' || state === 'running';
    const timer = mayChange ? setInterval(askQuietly, askAgainMilliseconds) : undefined;
    return () => {
      gone.abort();
      clearInterval(timer);
    };
  }, [path, state, fromServer]);
  return explanation;
}
