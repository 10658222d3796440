import { findTopic } from '../prose/find-topic.ts';
import type { Prompt } from '../read-prompt.ts';
import { capitalize } from '../text/split-text.ts';
import { summarize } from '../text/summarize.ts';

const MAX_FIELDS = 12;
const MAX_TEXT = 1_200;

/** Answers from what the tools returned, naming each tool and quoting its values. */
export function answerResults(prompt: Prompt): string {
  const parts = prompt.toolResults.map(({ name, text, isError }) => {
    if (isError)
      return `\`${name}\` failed: ${text || 'no reason given'}. The answer has to do without it.`;
    return `From \`${name}\`:\n\n${present(text)}`;
  });
  return [`**${capitalize(findTopic(prompt.instruction))}**`, ...parts].join('\n\n');
}

function present(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return listed(value);
  } catch {
    // Not JSON: plain text is presented as such.
  }
  if (text.length <= MAX_TEXT) return text === '' ? 'It returned nothing.' : text;
  return summarize(text, 6)
    .map((sentence) => `- ${sentence}`)
    .join('\n');
}

function listed(value: object): string {
  return Object.entries(value)
    .slice(0, MAX_FIELDS)
    .map(
      ([name, field]) =>
        `- **${name}**: ${typeof field === 'string' ? field : JSON.stringify(field)}`,
    )
    .join('\n');
}
