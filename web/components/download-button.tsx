import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A file to download, as a button: a plain link, so that nothing is fetched before it is pressed. */
export function DownloadButton(props: ButtonProps & { href: string; children: ReactNode }) {
  return <Button component="a" download variant="default" {...props} />;
}
