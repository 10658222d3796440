import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { agentIsInstalled, type RunningAgent, startAgent } from '../../system/start-agent.ts';
import { briefOf, promptOf } from '../bodies.ts';
import type { Cell, CellContext } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import { TcpProxy } from '../lab/tcp-proxy.ts';
import { anthropicKey } from '../lab/worker-process.ts';
import { drain, submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';

const unable = async () => (agentIsInstalled ? undefined : 'no Python: the agent is not installed');

type World = { lab: Lab; agent: RunningAgent; way: TcpProxy; load: Promise<unknown> };

/** Every fifth task is the agent's, and something happens to it: its tasks are tried again, and the others don't notice. */
const withAgent = (name: string, fault: (world: World) => Promise<void>): Cell => ({
  name,
  unable,
  run: async ({ lab, tasks, note }) => {
    const agent = await startAgent(lab.system.simulator.url, anthropicKey);
    const way = await TcpProxy.listen({ host: '127.0.0.1', port: Number(new URL(agent.url).port) });
    try {
      await lab.startWorkers({
        agent: { url: `http://127.0.0.1:${way.port}`, token: agent.token },
      });
      const load = submitWithBriefs(lab, tasks);
      await fault({ lab, agent, way, load });
      await load;
      await drain(lab);
      await tellOfBoth(lab, note);
    } finally {
      agent.signal('SIGCONT');
      await agent.kill('SIGKILL');
      await way.close();
    }
  },
});

const submitWithBriefs = (lab: Lab, tasks: number) =>
  submitLoad(lab, tasks, { bodyOf: (n, tenant) => (n % 5 ? promptOf : briefOf)(n, tenant) });

async function tellOfBoth(lab: Lab, note: CellContext['note']): Promise<void> {
  const { rows } = await lab.system.db.admin.query(
    `select max(attempt) filter (where kind = 'seo.brief') as briefs, max(attempt) filter (where kind <> 'seo.brief') as others,
            count(*) filter (where kind = 'seo.brief')::int as n,
            (select array_agg(distinct a.error ->> 'code') from public.task_attempts a where a.error is not null) as codes
     from public.tasks`,
  );
  const { briefs, others, n } = rows[0];
  const codes: string[] = rows[0].codes ?? [];
  note(`${n} of the agent with ${briefs} attempts at most, others with ${others}`);
  if (codes.length > 0) note(`attempts failed with ${codes.join(' and ')}`);
  if (codes.some((code) => !code.startsWith('agent_')))
    throw new Error(`attempts failed with ${codes.join(', ')}`);
  if (others !== 1) throw new Error('tasks that need no agent were tried again');
}

const briefsIn = async (lab: Lab, condition: string): Promise<number> => {
  const { rows } = await lab.system.db.admin.query(
    `select count(*)::int as n from public.tasks t where kind = 'seo.brief' and ${condition}`,
  );
  return rows[0].n;
};
const streaming = `exists (select from llm_calls c where c.task_id = t.id and c.state = 'started')`;
const waiting = `state = 'queued' and attempt = 0 and error ->> 'code' = 'agent_unavailable'`;
const othersDone = async (lab: Lab) => {
  const { rows } = await lab.system.db.admin.query(
    `select from public.tasks where kind <> 'seo.brief' and ended_at is null limit 1`,
  );
  return rows.length === 0;
};

/** Answers that nobody agreed on, one after the other. */
const nonsense = [
  'hello\n',
  '{"type":"result","output":{"kind":"seo.brief","brief":{}}}\n',
  '{"type":"stage.completed","stage":"brief","output":{}}\n',
];

const wrongShape: Cell = {
  name: 'agent answers in a wrong shape',
  endings: (tasks) => ({ 'failed agent_wrong_answer': Math.ceil(tasks / 5) }),
  run: async ({ lab, tasks, note }) => {
    let answered = 0;
    const server = createServer((request, response) => {
      if (request.url === '/health') return response.end('{}');
      response.setHeader('content-type', 'application/x-ndjson');
      response.end(nonsense[answered++ % nonsense.length]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const agent = { url: `http://127.0.0.1:${port}`, token: 'x'.repeat(32) };
      await lab.startWorkers({ agent });
      await submitWithBriefs(lab, tasks);
      await drain(lab);
      await tellOfBoth(lab, note);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  },
};

/** Resolves when the agent works on some tasks, slowly. */
async function inTheMiddle(lab: Lab): Promise<void> {
  await lab.control('POST', 'faults', {
    kind: 'slow',
    tokens_per_second: 20,
    times: 6,
    match: { contains: 'lease number' },
  });
  await eventually('it works', async () => (await briefsIn(lab, streaming)) >= 2, 30_000);
}

export const brokenAgent: Cell[] = [
  withAgent('agent down', async ({ lab, agent, load }) => {
    await agent.kill('SIGKILL');
    await load;
    await eventually('all others are done', () => othersDone(lab), 60_000);
    // One or another may have been taken before.
    if ((await briefsIn(lab, waiting)) === 0) throw new Error('no task waits for the agent');
    await agent.start();
  }),
  withAgent('agent killed in the middle', async ({ lab, agent }) => {
    await inTheMiddle(lab);
    await lasting(1);
    await agent.kill('SIGKILL');
    await lasting(3);
    await agent.start();
  }),
  withAgent('agent silent for 25 s', async ({ lab, agent }) => {
    await inTheMiddle(lab);
    agent.signal('SIGSTOP');
    await lasting(25);
    agent.signal('SIGCONT');
  }),
  withAgent('connections to the agent are forgotten', async ({ lab, way }) => {
    await inTheMiddle(lab);
    way.forget();
  }),
  wrongShape,
];
