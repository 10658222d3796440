import { buildWeb } from './system/build-web.ts';

/** Builds the web application, unless it was built from what is here. */
buildWeb(() => process.stdout.write('Building the web application …\n'));
