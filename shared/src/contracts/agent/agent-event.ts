import { z } from 'zod';
import { seoAnalysis, seoBrief, seoMeta } from './stages.ts';

export const articleResult = z.strictObject({
  kind: z.literal('seo.article'),
  markdown: z.string(),
  html: z.string(),
  meta: seoMeta,
  brief: seoBrief,
  analysis: seoAnalysis,
  score_before: z.int().min(0).max(100),
  score_after: z.int().min(0).max(100),
  rewrite: z.enum(['none', 'applied', 'discarded']),
  failing: z.array(
    z.strictObject({ id: z.string(), status: z.enum(['ok', 'bad']), message: z.string() }),
  ),
  report: z.string(),
});

export const briefResult = z.strictObject({ kind: z.literal('seo.brief'), brief: seoBrief });

const stage = z.string().min(1).max(120);

/** One line of the agent's answer. The golden files are read by this and by the agent's own models. */
export const agentEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stage.started'), stage }),
  z.strictObject({ type: z.literal('text'), stage, delta: z.string() }),
  z.strictObject({ type: z.literal('progress'), done: z.int().min(0), total: z.int().min(1) }),
  z.strictObject({
    type: z.literal('call'),
    stage,
    outcome: z.enum(['completed', 'interrupted', 'unknown']),
    provider_request_id: z.string().nullable(),
    message_id: z.string().nullable(),
    model: z.string(),
    usage: z.looseObject({ input_tokens: z.int(), output_tokens: z.int() }).nullable(),
    stop_reason: z.string().nullable(),
    simulated: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('stage.completed'),
    stage,
    output: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({
    type: z.literal('result'),
    output: z.discriminatedUnion('kind', [articleResult, briefResult]),
  }),
  z.strictObject({
    type: z.literal('error'),
    class: z.enum(['retry', 'fatal']),
    code: z.string(),
    message: z.string(),
    retry_after_seconds: z.number().min(0).nullable().default(null),
  }),
  z.strictObject({ type: z.literal('unfinished') }),
  z.strictObject({ type: z.literal('heartbeat') }),
]);

export type AgentEvent = z.output<typeof agentEvent>;
export type AgentCall = Extract<AgentEvent, { type: 'call' }>;
export type AgentResult = Extract<AgentEvent, { type: 'result' }>['output'];
