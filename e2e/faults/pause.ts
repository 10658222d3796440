import { setTimeout } from 'node:timers/promises';

/** A fault takes its time: this is how long it lasts, not a wait for something to happen. */
export const lasting = (seconds: number): Promise<void> => setTimeout(seconds * 1000);
