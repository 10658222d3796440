import type { Lab } from './lab/lab.ts';

/** What is wanted of a number, and what this run saw. */
export type Threshold = { what: string; wanted: string; seen: string; met: boolean };

export type Table = { title: string; head: string[]; rows: string[][] };

export type Report = { tables: Table[]; thresholds: Threshold[] };

/** Times compare only within one run: contenders take turns in short rounds, so that noise meets all of them. */
export type Benchmark = { title: string; run: (lab: Lab) => Promise<Report> };
