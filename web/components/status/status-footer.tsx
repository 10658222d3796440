'use client';

import type { StatusVerdict } from '@devsphere/shared/contracts/status.ts';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import classes from './status.module.css';

const askMilliseconds = 15_000;

/** The platform in one sentence, kept true while the page is open; leads to the status page. */
export function StatusFooter() {
  const [verdict, setVerdict] = useState<StatusVerdict | null>(null);
  useEffect(() => {
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const response = await fetch('/status.json', { cache: 'no-store' });
        if (!response.ok) throw new Error(response.statusText);
        setVerdict(((await response.json()) as { verdict: StatusVerdict }).verdict);
      } catch {
        setVerdict({ level: 'unknown', title: 'Status unknown' });
      }
    };
    void ask();
    const timer = setInterval(ask, askMilliseconds);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, []);
  return (
    <footer className={classes.footer}>
      <Link href="/status" className={classes.footerLink} data-testid="status-line">
        <span className={classes.dot} data-level={verdict?.level} aria-hidden />
        {verdict?.title ?? 'Status'}
      </Link>
    </footer>
  );
}
