import type { z } from 'zod';
import { ApiError, invalidField } from '../http/api-error.ts';
import { findModel } from '../models/catalogue.ts';
import { blocksOf, countInputTokens } from '../tokens/count-tokens.ts';
import { checkOutputSchema } from './check-output-schema.ts';
import { checkToolTurns } from './check-tool-turns.ts';
import {
  type MessageRequest,
  messageRequestSchema,
  type PromptRequest,
  promptSchema,
} from './message-request.ts';

/** Sampling parameters that the 2026-10-21 version no longer accepts. */
const RETIRED_PARAMETERS = ['temperature', 'top_p', 'top_k'] as const;
const MAX_CACHE_MARKS = 4;

/** Validates a message request, or throws the 400 or 404 the API would answer. */
export function validateMessageRequest(body: unknown): MessageRequest {
  const request = parse(messageRequestSchema, body);
  checkPrompt(request);
  const model = findModel(request.model);
  if (request.max_tokens > model.maxOutputTokens) {
    throw invalidField(
      'max_tokens',
      `${request.max_tokens} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model.id}`,
    );
  }
  if (
    request.thinking?.type === 'enabled' &&
    request.thinking.budget_tokens >= request.max_tokens
  ) {
    throw invalidField('thinking.budget_tokens', 'must be less than max_tokens');
  }
  if (!model.acceptsPrefill && request.messages.at(-1)?.role === 'assistant') {
    throw new ApiError(
      400,
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  const inputTokens = countInputTokens(request);
  if (inputTokens > model.contextWindowTokens) {
    throw new ApiError(
      400,
      `prompt is too long: ${inputTokens} tokens > ${model.contextWindowTokens} maximum`,
    );
  }
  return request;
}

/** Validates the body of count_tokens, which has no `max_tokens`. */
export function validatePrompt(body: unknown): PromptRequest {
  const prompt = parse(promptSchema, body);
  checkPrompt(prompt);
  findModel(prompt.model);
  return prompt;
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'The request body must be a JSON object');
  }
  const retired = RETIRED_PARAMETERS.find((name) => name in body);
  if (retired !== undefined) {
    throw invalidField(retired, 'this parameter has been retired and is no longer accepted');
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw issue === undefined ? new ApiError(400, 'Invalid request') : fieldError(issue, body);
}

function fieldError(issue: z.core.$ZodIssue, body: unknown): ApiError {
  if (issue.code === 'unrecognized_keys') {
    return invalidField(
      [...issue.path, issue.keys[0] ?? ''].join('.'),
      'Extra inputs are not permitted',
    );
  }
  // A union hides the reason one level down; the longest path is the branch that was meant.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nested = issue.errors
      .flat()
      .reduce((deepest, next) => (next.path.length > deepest.path.length ? next : deepest));
    if (nested.path.length > 0) {
      return fieldError({ ...nested, path: [...issue.path, ...nested.path] }, body);
    }
  }
  const field = issue.path.join('.');
  return invalidField(
    field,
    valueAt(body, issue.path) === undefined ? 'Field required' : issue.message,
  );
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    body,
  );
}

function checkPrompt(request: PromptRequest): void {
  let marks = request.cache_control ? 1 : 0;
  marks += (request.tools ?? []).filter((tool) => tool.cache_control).length;
  for (const block of blocksOf(request.system ?? [])) {
    if ('cache_control' in block && block.cache_control) marks += 1;
  }
  request.messages.forEach((message, at) => {
    if (message.content.length === 0) {
      throw invalidField(`messages.${at}`, 'user messages must have non-empty content');
    }
    for (const block of blocksOf(message.content)) {
      if ('cache_control' in block && block.cache_control) marks += 1;
      if (block.type === 'text' && block.text === '') {
        throw new ApiError(400, 'messages: text content blocks must be non-empty');
      }
    }
  });
  if (marks > MAX_CACHE_MARKS) {
    throw new ApiError(
      400,
      `A maximum of ${MAX_CACHE_MARKS} blocks with cache_control may be provided. Found ${marks}.`,
    );
  }
  checkToolTurns(request);
  const schema = request.output_config?.format?.schema;
  if (schema !== undefined) checkOutputSchema(schema, 'output_config.format.schema');
}
