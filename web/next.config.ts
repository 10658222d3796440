import { join } from 'node:path';
import type { NextConfig } from 'next';
import { maximumBodyBytes } from './lib/maximum-body-bytes.ts';

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

export default {
  transpilePackages: ['@devsphere/shared'],
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'kysely', 'ajv', '@pg-boss/dashboard'],
  poweredByHeader: false,
  turbopack: { root: join(import.meta.dirname, '..') },
  experimental: {
    serverActions: { bodySizeLimit: maximumBodyBytes },
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    // The badge is made to be shown by other sites.
    {
      source: '/status/badge.svg',
      headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }],
    },
  ],
} satisfies NextConfig;
