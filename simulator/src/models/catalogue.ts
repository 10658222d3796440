import { ApiError } from '../http/api-error.ts';

export type ModelLine = 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos';

export interface Model {
  readonly id: string;
  readonly displayName: string;
  readonly line: ModelLine;
  readonly createdAt: string;
  readonly contextWindowTokens: number;
  readonly maxOutputTokens: number;
  /** Recent models refuse a conversation that ends with an assistant turn. */
  readonly acceptsPrefill: boolean;
}

/** Newest first, the order in which the API lists them. The ids are those the SDK knows. */
const MODELS: readonly Model[] = [
  model('claude-fable-5-2', 'fable', '2026-10-20', 1_000_000, 128_000),
  model('claude-mythos-5-2', 'mythos', '2026-10-20', 1_000_000, 128_000),
  model('claude-opus-5-5', 'opus', '2026-09-29', 1_000_000, 128_000),
  model('claude-sonnet-5-5', 'sonnet', '2026-09-15', 1_000_000, 128_000),
  model('claude-haiku-5-5', 'haiku', '2026-09-15', 200_000, 64_000),
  model('claude-opus-5', 'opus', '2026-05-12', 1_000_000, 128_000),
  model('claude-sonnet-5', 'sonnet', '2026-04-14', 1_000_000, 128_000),
  model('claude-fable-5', 'fable', '2026-04-14', 1_000_000, 128_000),
  model('claude-opus-4-6', 'opus', '2026-02-05', 200_000, 128_000),
  model('claude-sonnet-4-6', 'sonnet', '2026-02-17', 200_000, 64_000, true),
  model('claude-haiku-4-5', 'haiku', '2025-10-01', 200_000, 64_000, true),
];

/** Every model, newest first. */
export function listModels(): readonly Model[] {
  return MODELS;
}

/** The model with this id, or the API's 404. */
export function findModel(id: string): Model {
  const found = MODELS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new ApiError(404, `model: ${id}`);
  return found;
}

/** The model as the Models API describes it. */
export function modelInfo(entry: Model): Record<string, unknown> {
  const yes = { supported: true };
  const no = { supported: false };
  return {
    type: 'model',
    id: entry.id,
    display_name: entry.displayName,
    line: entry.line,
    created_at: entry.createdAt,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    max_input_tokens: entry.contextWindowTokens,
    max_tokens: entry.maxOutputTokens,
    capabilities: {
      batch: yes,
      citations: no,
      code_execution: no,
      context_management: {
        supported: false,
        clear_thinking_20251015: no,
        clear_tool_uses_20250919: no,
        compact_20260112: no,
      },
      effort: { supported: true, low: yes, medium: yes, high: yes, xhigh: yes, max: yes },
      image_input: yes,
      pdf_input: yes,
      server_tools: { supported: false, code_execution: no, web_search: no },
      structured_outputs: yes,
      thinking: {
        supported: true,
        types: { adaptive: yes, between_tools: yes, disabled: yes, enabled: yes },
      },
    },
  };
}

function model(
  id: string,
  line: ModelLine,
  released: string,
  contextWindowTokens: number,
  maxOutputTokens: number,
  acceptsPrefill = false,
): Model {
  const [name = '', ...version] = id.replace('claude-', '').split('-');
  const displayName = `Claude ${name[0]?.toUpperCase()}${name.slice(1)} ${version.join('.')}`;
  const createdAt = `${released}T00:00:00Z`;
  return { id, displayName, line, createdAt, contextWindowTokens, maxOutputTokens, acceptsPrefill };
}
