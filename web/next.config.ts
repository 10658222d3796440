import { join } from 'node:path';
import type { NextConfig } from 'next';

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
];

export default {
  transpilePackages: ['@devsphere/shared'],
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'kysely', 'ajv', '@pg-boss/dashboard'],
  poweredByHeader: false,
  turbopack: { root: join(import.meta.dirname, '..') },
  experimental: {
    // The largest input is 400,000 characters of diff, up to four bytes each, and JSON escapes on top.
    serverActions: { bodySizeLimit: '4mb' },
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
} satisfies NextConfig;
