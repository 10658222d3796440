import { z } from 'zod';

/** Which calls a fault waits for. Without `endpoint`, only calls that create a message. */
const match = z.strictObject({
  model: z.string().optional(),
  /** A text the raw request body must contain. */
  contains: z.string().optional(),
  endpoint: z
    .enum(['messages', 'count_tokens', 'models', 'batches', 'batch_item', 'batch_results', 'admin'])
    .optional(),
  stream: z.boolean().optional(),
});

const common = { times: z.int().min(1).default(1), match: match.default({}) };
const afterTokens = z.int().min(0).default(0);

/** What can go wrong, and how. The names are those of the control endpoint. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    type: z.string().optional(),
    message: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('hang') }),
  z.strictObject({
    ...common,
    kind: z.literal('stall'),
    after_tokens: afterTokens,
    ms: z.int().min(0),
  }),
  z.strictObject({ ...common, kind: z.literal('cut'), after_tokens: afterTokens }),
  z.strictObject({ ...common, kind: z.literal('early_end'), after_tokens: afterTokens }),
  z.strictObject({
    ...common,
    kind: z.literal('error_event'),
    after_tokens: afterTokens,
    type: z.string().default('overloaded_error'),
    message: z.string().default('Overloaded'),
  }),
  /** An event whose data is not JSON, as when a proxy on the way cuts and glues; then the stream goes on. */
  z.strictObject({ ...common, kind: z.literal('garbled'), after_tokens: afterTokens }),
  z.strictObject({ ...common, kind: z.literal('lost_reply') }),
  z.strictObject({
    ...common,
    kind: z.literal('stop_reason'),
    stop_reason: z.enum(['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded']),
    after_tokens: z.int().min(0).optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('bad_json'),
    mode: z.enum(['truncated', 'invalid', 'wrong_shape']).default('truncated'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('slow'),
    tokens_per_second: z.number().positive(),
  }),
  /** Every UTF-8 character of the stream may be split across packets. */
  z.strictObject({ ...common, kind: z.literal('split_utf8') }),
  /** The answer is grown to about this many bytes. */
  z.strictObject({
    ...common,
    kind: z.literal('huge'),
    bytes: z
      .int()
      .min(1)
      .max(256 * 1024 * 1024),
  }),
  /** A batch item that the batch's 24 hours ran out on. */
  z.strictObject({ ...common, kind: z.literal('expire') }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultEndpoint = NonNullable<Fault['match']['endpoint']>;
