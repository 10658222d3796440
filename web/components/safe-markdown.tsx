'use client';

import { Typography } from '@mantine/core';
import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { safeLink } from '../lib/safe-link.ts';
import classes from './safe-markdown.module.css';

const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children, title }) =>
    href ? (
      <a href={href} title={title} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // An image would tell its host who reads this, so it is only named.
  img: ({ src, alt }) => {
    const name = `Image: ${alt || 'without description'}`;
    return typeof src === 'string' && src ? (
      <a href={src} target="_blank" rel="noopener noreferrer nofollow">
        [{name}]
      </a>
    ) : (
      <span>[{name}]</span>
    );
  },
  // The only input that markdown can make: a list of things done and to do.
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? 'Done:' : 'To do:'}>
      {checked ? '☑' : '☐'}
    </span>
  ),
  // The page has its own h1 and h2.
  h1: ({ children }) => <h3 className={classes.h1}>{children}</h3>,
  h2: ({ children }) => <h4 className={classes.h2}>{children}</h4>,
  h3: ({ children }) => <h5 className={classes.h3}>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrollable by keyboard
    <section className={classes.wide} tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines must be scrollable by keyboard
    <pre tabIndex={0}>{children}</pre>
  ),
};

/** Markdown that a model wrote: no HTML, no images loaded, links only to the web and to mail. */
export const SafeMarkdown = memo(function SafeMarkdown({ text }: { text: string }) {
  return (
    <Typography className={classes.markdown}>
      <Markdown remarkPlugins={plugins} components={components} urlTransform={safeLink} skipHtml>
        {text}
      </Markdown>
    </Typography>
  );
});
