import { formatBytes } from '../format.ts';

// Four bytes is the most one character takes in UTF-8.
const maximumBytesPerCharacter = 4;

/** The text of a file, or a sentence that says why it can't be taken. Nothing leaves the browser here. */
export async function readTextFile(
  file: File,
  maxLength: number | null,
): Promise<{ text: string } | { problem: string }> {
  const tooLong = `${file.name} is too long: ${formatBytes(file.size)}. At most ${maxLength?.toLocaleString('en')} characters fit.`;
  if (maxLength !== null && file.size > maxLength * maximumBytesPerCharacter)
    return { problem: tooLong };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.includes('\0')) return { problem: `${file.name} is not a text file.` };
    if (maxLength !== null && text.length > maxLength) return { problem: tooLong };
    return { text };
  } catch (error) {
    return {
      problem:
        error instanceof TypeError
          ? `${file.name} is not a text file in UTF-8.`
          : `${file.name} could not be read.`,
    };
  }
}
