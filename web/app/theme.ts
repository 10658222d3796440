'use client';

import { Anchor, createTheme, type MantineColorsTuple, NavLink } from '@mantine/core';

/** The product's own colour. 7 carries white text at 6:1, 3 reads on dark at 7:1. */
const sphere: MantineColorsTuple = [
  '#eef1ff',
  '#dce2fb',
  '#b8c3f3',
  '#96a5f0',
  '#7687ea',
  '#5f73e5',
  '#5065de',
  '#3f52c8',
  '#3649b3',
  '#293f9e',
];

const systemSans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** Every colour, type and spacing token of the product comes from here. */
export const theme = createTheme({
  primaryColor: 'sphere',
  colors: { sphere },
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: systemSans,
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontFamily: systemSans,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    NavLink: NavLink.extend({ styles: { root: { borderRadius: 'var(--mantine-radius-md)' } } }),
  },
});
