/** The same as `npm start`, restarting what changes. */
process.argv.push('--watch');
await import('./start.ts');
