import { Paper } from '@mantine/core';
import type { ListedTask } from '../lib/server/task-list.ts';
import classes from './task-list.module.css';
import { TaskRow } from './task-row.tsx';

/** A page of tasks. */
export function TaskList({ org, tasks }: { org: string; tasks: ListedTask[] }) {
  return (
    <Paper withBorder className={classes.frame}>
      <div className={classes.head} aria-hidden>
        <span>Task</span>
        <span>State</span>
        <span>Time</span>
        <span>Tokens</span>
        <span>Cost</span>
      </div>
      <ul className={classes.list} aria-label="Tasks">
        {tasks.map((task) => (
          <TaskRow key={task.id} org={org} task={task} />
        ))}
      </ul>
    </Paper>
  );
}
