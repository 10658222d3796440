import { ApiError, invalidField } from '../http/api-error.ts';
import { blocksOf } from '../tokens/count-tokens.ts';
import type { PromptRequest } from './message-request.ts';

/**
 * Tool turns come in pairs: each `tool_use` is answered by a `tool_result` in the very next
 * message, and no result comes without its use. Throws the API's 400 otherwise.
 */
export function checkToolTurns(request: PromptRequest): void {
  checkTools(request);
  let open: string[] = [];
  request.messages.forEach((message, at) => {
    const blocks = blocksOf(message.content);
    const answered = blocks.flatMap((block) =>
      block.type === 'tool_result' ? [block.tool_use_id] : [],
    );
    const stray = answered.find((id) => !open.includes(id));
    if (stray !== undefined) {
      throw invalidField(
        `messages.${at}.content`,
        `unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
    const missing = open.filter((id) => !answered.includes(id));
    if (missing.length > 0) {
      throw invalidField(
        `messages.${at - 1}`,
        `\`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}.`,
      );
    }
    open = blocks.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
  });
}

function checkTools(request: PromptRequest): void {
  const tools = request.tools ?? [];
  const names = new Set<string>();
  tools.forEach((tool, at) => {
    if (names.has(tool.name)) throw new ApiError(400, 'tools: Tool names must be unique.');
    names.add(tool.name);
    const isCustom = tool.type === undefined || tool.type === null || tool.type === 'custom';
    if (isCustom && tool.input_schema === undefined) {
      throw invalidField(`tools.${at}.custom.input_schema`, 'Field required');
    }
  });
  const choice = request.tool_choice;
  if (choice === undefined || choice.type === 'none' || choice.type === 'auto') return;
  if (tools.length === 0) throw invalidField('tool_choice', 'may only be specified with `tools`');
  if (choice.type === 'tool' && !names.has(String(choice.name))) {
    throw new ApiError(400, `Tool '${String(choice.name)}' not found in provided tools`);
  }
}
