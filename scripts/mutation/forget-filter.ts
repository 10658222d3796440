import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../system/settings.ts';
import type { Filter } from './filters.ts';

/** Loaded before a process's own modules: gives one source file without the filter that the environment names. */
const { file, start, end, instead } = JSON.parse(process.env.FORGET_FILTER ?? '{}') as Filter;
const url = pathToFileURL(join(root, file)).href;

registerHooks({
  load(asked, context, next) {
    const loaded = next(asked, context);
    if (asked !== url) return loaded;
    const source = String(loaded.source);
    return { ...loaded, source: source.slice(0, start) + instead + source.slice(end) };
  },
});
