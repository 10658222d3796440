import type { MessageRequest, Tool } from '../../contract/message-request.ts';
import type { Prompt } from '../read-prompt.ts';
import { isStopWord, wordsOf } from '../text/split-text.ts';

/**
 * The tool the model would call: the forced one, the best match for `any`, and for `auto` only a
 * tool that the prompt clearly asks for and that has not just answered.
 */
export function chooseTool(request: MessageRequest, prompt: Prompt): Tool | undefined {
  const choice = request.tool_choice ?? { type: 'auto' as const };
  const tools = prompt.tools.filter((tool) => tool.input_schema !== undefined);
  if (choice.type === 'none' || tools.length === 0) return undefined;
  if (choice.type === 'tool') return tools.find((tool) => tool.name === choice.name);
  const ranked = tools
    .map((tool) => ({ tool, score: affinity(tool, prompt.instruction) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0];
  if (choice.type === 'any') return best?.tool;
  const isAnswered = prompt.toolResults.length > 0;
  return best !== undefined && best.score >= 2 && !isAnswered ? best.tool : undefined;
}

/** How many of a tool's own words the prompt uses; being named outright decides. */
function affinity(tool: Tool, instruction: string): number {
  const asked = new Set(wordsOf(instruction).map(stem));
  if (instruction.includes(tool.name)) return 100;
  const nameWords = wordsOf(tool.name.replaceAll(/[_-]/g, ' ')).map(stem);
  const aboutWords = wordsOf(tool.description ?? '').map(stem);
  const own = nameWords.filter((word) => !isStopWord(word) && asked.has(word));
  const about = aboutWords.filter((word) => !isStopWord(word) && asked.has(word));
  return own.length * 2 + new Set(about).size * 0.5;
}

function stem(word: string): string {
  return word.replace(/(?:ing|ed|es|s)$/, '');
}
