import type { Pacer } from '../pace/pace.ts';
import { countTextTokens, takeTokens, tokensOfLength } from '../tokens/count-tokens.ts';
import type { AnswerBlock } from './answer.ts';

export type GenerationStep =
  | { readonly type: 'start' | 'stop'; readonly index: number; readonly block: AnswerBlock }
  | {
      readonly type: 'delta';
      readonly index: number;
      readonly block: AnswerBlock;
      readonly text: string;
    }
  /** The point a fault asked for; comes once, at the latest after the last block. */
  | { readonly type: 'breakpoint' };

/** Blocks as far as they have been generated; what a caller is billed for. */
export class Progress {
  readonly blocks: AnswerBlock[] = [];

  begin(block: AnswerBlock): void {
    this.blocks.push({ ...block, text: '' });
  }

  grow(text: string): void {
    const last = this.blocks.at(-1);
    if (last !== undefined)
      this.blocks[this.blocks.length - 1] = { ...last, text: last.text + text };
  }
}

export interface GenerationOptions {
  readonly pacer: Pacer;
  readonly pieceLength: number;
  /** Yield a breakpoint after exactly this many tokens; undefined for never. */
  readonly breakAfterTokens: number | undefined;
}

/** Produces an answer piece by piece at the model's pace, keeping `progress` up to date. */
export async function* generate(
  blocks: readonly AnswerBlock[],
  progress: Progress,
  options: GenerationOptions,
): AsyncGenerator<GenerationStep> {
  const { pacer, pieceLength } = options;
  let breakAfter = options.breakAfterTokens;
  let tokensBefore = 0;
  await pacer(0);
  for (const [index, block] of blocks.entries()) {
    progress.begin(block);
    yield { type: 'start', index, block };
    let sent = 0;
    while (sent < block.text.length) {
      let piece = nextPiece(block.text, sent, pieceLength);
      const pause = breakAfter === undefined ? undefined : breakAfter - tokensBefore;
      if (pause !== undefined && tokensOfLength(sent + piece.length) >= pause) {
        piece = takeTokens(block.text, pause).slice(sent);
      }
      sent += piece.length;
      await pacer(tokensBefore + tokensOfLength(sent));
      if (piece !== '') {
        progress.grow(piece);
        yield { type: 'delta', index, block, text: piece };
      }
      if (pause !== undefined && (piece === '' || tokensOfLength(sent) >= pause)) {
        breakAfter = undefined;
        yield { type: 'breakpoint' };
      }
    }
    tokensBefore += countTextTokens(block.text);
    yield { type: 'stop', index, block };
  }
  if (breakAfter !== undefined) yield { type: 'breakpoint' };
}

/** The next piece, ending after a space where one is near, never inside a surrogate pair. */
function nextPiece(text: string, from: number, length: number): string {
  const rough = from + length;
  if (rough >= text.length) return text.slice(from);
  const space = text.indexOf(' ', rough);
  const end = space >= 0 && space - rough < length ? space + 1 : rough;
  const code = text.charCodeAt(end - 1);
  return text.slice(from, code >= 0xd800 && code <= 0xdbff ? end + 1 : end);
}
