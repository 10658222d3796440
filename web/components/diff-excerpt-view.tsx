'use client';

import type { DiffExcerpt } from '../lib/diff-lines.ts';
import classes from './diff-excerpt-view.module.css';

/** A few lines of the change around the one in question. */
export function DiffExcerptView({ excerpt: { lines, at } }: { excerpt: DiffExcerpt }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines must be scrollable by keyboard
    <pre className={classes.excerpt} tabIndex={0}>
      {lines.map((line, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          key={index}
          className={classes.line}
          data-sign={line.sign}
          data-marked={index === at || undefined}
        >
          <span className={classes.number}>{line.number ?? ''}</span>
          {line.sign} {line.text}
        </div>
      ))}
    </pre>
  );
}
