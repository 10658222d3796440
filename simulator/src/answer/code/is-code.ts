import { containsSource } from '../docs/parse-source.ts';

const CODE_LINE =
  /[;{}()[\],]\s*$|^\s*(?:import|from|export|const|let|def|class|return|if|for|create|alter|grant|select|insert|#include|use|fn|func)\b/;
const MIN_SHARE = 0.5;

/** Whether a text is source code rather than something to read. */
export function isCode(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return false;
  const share = lines.filter((line) => CODE_LINE.test(line)).length / lines.length;
  return share >= MIN_SHARE || (share >= MIN_SHARE / 2 && containsSource(text));
}
