-- Addresses of organisations stand beside the site's own places: those are taken.

alter table public.organizations add constraint organizations_slug_not_reserved check (slug not in (
  'about', 'account', 'admin', 'api', 'app', 'assets', 'auth', 'billing', 'blog', 'contact', 'docs',
  'favicon', 'health', 'help', 'icon', 'invitations', 'legal', 'login', 'logout', 'mailbox', 'me',
  'new', 'operator', 'organizations', 'orgs', 'pricing', 'privacy', 'public', 'reset', 'robots',
  'security', 'settings', 'sign-in', 'sign-out', 'sign-up', 'sitemap', 'static', 'status', 'support',
  'terms', 'v1', 'www'
));
comment on constraint organizations_slug_not_reserved on public.organizations
  is 'Equal to shared/src/access/reserved-slugs.ts, which a test holds.';
