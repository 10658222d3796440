-- Embedded demo data only: turns the demo owner's personal organisation into Acme, lets the demo member in, and makes the
-- demo operator one. Run as the owner role after all have signed up; safe to repeat.

with acme as (
  update public.organizations set name = 'Acme', slug = 'acme'
  where org_id = (
    select m.org_id from public.memberships m join public.profiles p using (user_id)
    where p.email = 'owner@acme.test' and m.role = 'owner' order by m.created_at limit 1
  )
  -- Once: what the owner renamed, left or deleted since stays as they wanted it.
  and name = (select p.display_name || '''s workspace' from public.profiles p where p.email = 'owner@acme.test')
  and not exists (select from public.organizations where slug = 'acme')
  returning org_id
)
insert into public.memberships (org_id, user_id, role)
select acme.org_id, p.user_id, 'member' from acme, public.profiles p where p.email = 'member@acme.test'
on conflict (org_id, user_id) do nothing;

insert into public.platform_operators (user_id)
select p.user_id from public.profiles p where p.email = 'operator@devsphere.test'
on conflict (user_id) do nothing;
