import type { AgentResult } from '@devsphere/shared/contracts/agent/agent-event.ts';
import type { AgentRequest } from '@devsphere/shared/contracts/agent/agent-request.ts';
import type { PlannedCall } from '../claude/budget-watch.ts';
import { charactersPerToken } from '../claude/estimate-tokens.ts';
import type { Permits } from '../claude/permits.ts';
import type { CallEnd, ProviderGate } from '../claude/provider-gate.ts';
import type { Claim } from '../runner/claim.ts';
import { failureOf } from '../runner/failures.ts';
import type { Agent } from './agent-client.ts';
import { type FollowDependencies, followAgent } from './follow-agent.ts';
import { titleOfStage } from './stage-titles.ts';

export type DelegateDependencies = Omit<FollowDependencies, 'onEnd'> & {
  permits: Permits;
  gate: ProviderGate;
  agent: Agent | null;
};

/** The agent's own instructions and what it makes of the input, about. */
const instructionTokens = 2_000;
/** The most the agent lets a model answer: in a rewrite, which comes behind the analysis, and anywhere else. */
const rewriteTokens = 24_000;
const answerTokens = 8_000;

/**
 * Lets the agent do the work, stage by stage, with leave for each model call: a request makes one at most, and the next goes
 * on behind the stages that are stored, as that of a later attempt does. Throws `TaskFailure`.
 */
export async function delegate(
  deps: DelegateDependencies,
  work: Omit<AgentRequest, 'version' | 'task_id' | 'completed_stages'>,
): Promise<AgentResult> {
  const { agent, claim, sink } = deps;
  if (!agent) throw failureOf('agent_unavailable', { cause: 'none is set up here' });
  for (const key of Object.keys(completedStages(claim)))
    sink.add({ type: 'step.replayed', data: { step: key, title: titleOfStage(key) } });
  let result: AgentResult | undefined;
  while (!result) result = await askForOneCall(deps, agent, work);
  return result;
}

async function askForOneCall(
  deps: DelegateDependencies,
  agent: Agent,
  work: Parameters<typeof delegate>[1],
): Promise<AgentResult | undefined> {
  const { claim, permits, gate } = deps;
  const completed = completedStages(claim);
  const request = {
    ...work,
    version: 1,
    task_id: claim.taskId,
    completed_stages: completed,
  } as const;
  const pass = await permits.askForOther(claim.orgId, plannedCall(request, completed));
  // Also of a request that made no call: what it holds of the account is others' again.
  let end = { type: 'stopped' } as CallEnd;
  const onEnd = (known: CallEnd) => {
    end = known;
  };
  try {
    return await followAgent({ ...deps, onEnd }, agent, request).finally(() =>
      gate.ended(pass, end),
    );
  } catch (error) {
    throw end.type === 'failed' && error === end.failure
      ? gate.blame(pass.account, end.failure)
      : error;
  }
}

type Completed = NonNullable<AgentRequest['completed_stages']>;

const completedStages = ({ steps }: Claim) =>
  Object.fromEntries([...steps].filter(([key]) => key !== 'artifacts')) as Completed;

function plannedCall({ input, model }: AgentRequest, completed: Completed): PlannedCall {
  const characters = JSON.stringify([input, completed]).length;
  return {
    model,
    inputTokens: instructionTokens + Math.ceil(characters / charactersPerToken),
    outputTokens: 'analysis' in completed ? rewriteTokens : answerTokens,
  };
}
