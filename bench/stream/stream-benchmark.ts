export const streamBenchmark = { title: '', run: async () => ({ tables: [], thresholds: [] }) };
