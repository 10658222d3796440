import { promptOf } from '../bodies.ts';
import type { Cell } from '../cell.ts';
import { drain, submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';

/** What about twenty prompts cost, beside what the last ones set aside. */
const limitNanoUsd = 80_000_000;

/** Long enough for what was set aside to be given back while more is asked for. */
const loadSeconds = 12;
const submitters = 4;

/** An organisation's budget runs out under its load: what has no room is refused at the door, and what was spent stays within. */
const budgetRunsOut: Cell = {
  name: 'budget runs out under load',
  run: async ({ lab, tasks, note }) => {
    const [ada, ...others] = lab.tenants;
    if (!ada) throw new Error('a lab has organisations');
    const { admin } = lab.system.db;
    await admin.query(
      'insert into budgets (org_id, monthly_limit_nano_usd, updated_by) values ($1, $2, $3)',
      [ada.person.orgId, limitNanoUsd, ada.person.actor.userId],
    );
    await lab.startWorkers();
    const load = submitLoad(lab, tasks, { tenants: others });
    let refused = 0;
    const submitter = async (first: number) => {
      for (let n = first; n < tasks; n += submitters) {
        const key = `budget-${n}`;
        const given = await ada.client.submit(ada.person.orgId, promptOf(n, ada), {
          'idempotency-key': key,
        });
        if (given.status === 201) lab.commands.push({ key, taskId: given.body.id });
        else if (given.status === 402) refused++;
        else throw new Error(`a submission was answered ${given.status}`);
        await lasting((submitters * loadSeconds) / tasks);
      }
    };
    await Promise.all(Array.from({ length: submitters }, (_, first) => submitter(first)));
    await load;
    await drain(lab);
    const { rows } = await admin.query(
      'select coalesce(sum(cost_nano_usd), 0)::float8 as spent from usage_entries where org_id = $1',
      [ada.person.orgId],
    );
    note(`${refused} of ${tasks} refused, ${percent(rows[0].spent)} of the budget spent`);
    if (refused === 0 || refused === tasks) throw new Error('the budget did not run out meanwhile');
  },
};

const percent = (spent: number) => `${Math.round((spent / limitNanoUsd) * 100)} %`;

export const spentBudget: Cell[] = [budgetRunsOut];
