-- The page of approval links stands beside the addresses of organisations.

update public.organizations set slug = 'approvals-' || left(org_id::text, 8) where slug = 'approvals';
alter table public.organizations drop constraint organizations_slug_not_reserved;
alter table public.organizations add constraint organizations_slug_not_reserved check (slug not in (
  'about', 'account', 'admin', 'api', 'app', 'approvals', 'assets', 'auth', 'billing', 'blog', 'contact', 'docs',
  'favicon', 'health', 'help', 'icon', 'invitations', 'legal', 'login', 'logout', 'mailbox', 'me',
  'new', 'operator', 'organizations', 'orgs', 'pricing', 'privacy', 'public', 'reset', 'robots',
  'security', 'settings', 'sign-in', 'sign-out', 'sign-up', 'sitemap', 'static', 'status', 'support',
  'terms', 'v1', 'www'
));
comment on constraint organizations_slug_not_reserved on public.organizations
  is 'Equal to shared/src/access/reserved-slugs.ts, which a test holds.';
