-- People are let in by a link in a mail: single-use, expiring, and known to us only by its hash.

create table public.invitations (
  org_id uuid not null,
  id uuid not null,
  email text not null,
  role app.member_role not null,
  state text not null default 'pending',
  nonce uuid not null,
  token_hash text,
  invited_by uuid not null,
  accepted_by uuid,
  created_at timestamptz not null default now(),
  mailed_at timestamptz,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint invitations_pkey primary key (org_id, id),
  constraint invitations_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint invitations_email_shape check (email = lower(email) and char_length(email) between 3 and 254),
  constraint invitations_state_known check (state in ('pending', 'accepted', 'revoked', 'expired')),
  constraint invitations_token_hash_shape check (token_hash ~ '^[0-9a-f]{64}$'),
  constraint invitations_accepted_by_somebody check ((state = 'accepted') = (accepted_by is not null)),
  constraint invitations_ended_when_over check ((state = 'pending') = (ended_at is null)),
  constraint invitations_expiry_bounded check (expires_at <= created_at + interval '400 days')
);
comment on table public.invitations is 'Who was invited into which organisation, and what became of it.';
comment on column public.invitations.nonce is 'The worker derives the link from it and a secret of its own; another nonce ends the link before.';
comment on column public.invitations.token_hash is 'SHA-256 of the token in the link; null until the worker has made the link.';
create unique index invitations_open_idx on public.invitations (org_id, email) where state = 'pending';
create index invitations_token_idx on public.invitations (token_hash) where token_hash is not null;
create index invitations_due_idx on public.invitations (expires_at) where state = 'pending';
create index invitations_ended_idx on public.invitations (ended_at) where ended_at is not null;

revoke all on public.invitations from public, anon, authenticated, service_role;
grant select (org_id, id, email, role, state, invited_by, accepted_by, created_at, mailed_at, expires_at, ended_at)
  on public.invitations to authenticated;
grant select (org_id, id, email, role, state, nonce, invited_by, expires_at, ended_at),
  update (state, token_hash, mailed_at, ended_at), delete on public.invitations to devsphere_system;
grant select (name) on public.organizations to devsphere_system;
grant select (user_id, display_name) on public.profiles to devsphere_system;

alter table public.invitations enable row level security;
alter table public.invitations force row level security;
create policy "who manages members reads invitations" on public.invitations for select to authenticated
  using (org_id in (select app.permitted_org_ids('members.manage')));
create policy "nobody inserts invitations" on public.invitations for insert to authenticated with check (false);
create policy "nobody updates invitations" on public.invitations for update to authenticated using (false) with check (false);
create policy "nobody deletes invitations" on public.invitations for delete to authenticated using (false);
create policy "mail and upkeep read invitations" on public.invitations for select to devsphere_system using (true);
create policy "mail and upkeep move open invitations" on public.invitations for update to devsphere_system
  using (state = 'pending') with check (state in ('pending', 'expired'));
create policy "upkeep deletes invitations long over" on public.invitations for delete to devsphere_system
  using (ended_at < now() - interval '90 days');
create policy "mail reads names of those who invite" on public.profiles for select to devsphere_system
  using (user_id in (select i.invited_by from public.invitations i where i.state = 'pending'));

create function app.free_seats(wanted_org_id uuid) returns integer
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    return (select p.seats from public.organizations o join public.plans p using (plan) where o.org_id = wanted_org_id)
      - (select count(*) from public.memberships m where m.org_id = wanted_org_id)
      - (select count(*) from public.invitations i where i.org_id = wanted_org_id and i.state = 'pending' and i.expires_at > now());
  end
  $$;

create function app.belongs_already(wanted_org_id uuid, person_email text) returns boolean
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    return exists (select from public.memberships m join public.profiles p using (user_id)
      where m.org_id = wanted_org_id and lower(p.email) = person_email);
  end
  $$;

create function app.invite_member(wanted_org_id uuid, invitation_id uuid, invitee_email text, new_role app.member_role,
                                  new_nonce uuid, valid_for interval) returns text
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    mine app.member_role := app.locked_role(wanted_org_id);
  begin
    if mine is null then return 'not_found'; end if;
    if not app.may_manage_members(mine) then return 'forbidden'; end if;
    if new_role > mine then return 'above_yours'; end if;
    if app.belongs_already(wanted_org_id, invitee_email) then return 'already_member'; end if;
    -- One whose time is over makes room for the new one.
    update public.invitations i set state = 'expired', ended_at = now()
      where i.org_id = wanted_org_id and i.email = invitee_email and i.state = 'pending' and i.expires_at <= now();
    if exists (select from public.invitations i where i.org_id = wanted_org_id and i.email = invitee_email and i.state = 'pending') then
      return 'already_invited';
    end if;
    if app.free_seats(wanted_org_id) < 1 then return 'no_seats'; end if;
    insert into public.invitations (org_id, id, email, role, nonce, invited_by, expires_at)
      values (wanted_org_id, invitation_id, invitee_email, new_role, new_nonce, auth.uid(), now() + valid_for);
    return 'done';
  end
  $$;
comment on function app.invite_member(uuid, uuid, text, app.member_role, uuid, interval) is 'Answers done, not_found, forbidden, above_yours, already_member, already_invited or no_seats.';

create function app.renew_invitation(wanted_org_id uuid, invitation_id uuid, new_nonce uuid, valid_for interval) returns text
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    mine app.member_role := app.locked_role(wanted_org_id);
    found_one public.invitations;
  begin
    if mine is null then return 'not_found'; end if;
    if not app.may_manage_members(mine) then return 'forbidden'; end if;
    select * into found_one from public.invitations i where i.org_id = wanted_org_id and i.id = invitation_id for update;
    if found_one.id is null then return 'no_such_invitation'; end if;
    if found_one.state not in ('pending', 'expired') then return 'over'; end if;
    if found_one.role > mine then return 'above_yours'; end if;
    if found_one.mailed_at > now() - interval '1 minute' then return 'too_soon'; end if;
    if app.belongs_already(wanted_org_id, found_one.email) then return 'already_member'; end if;
    if exists (select from public.invitations i where i.org_id = wanted_org_id and i.email = found_one.email
               and i.state = 'pending' and i.id <> invitation_id) then
      return 'already_invited';
    end if;
    -- One that still counts holds its own seat.
    if (found_one.state = 'expired' or found_one.expires_at <= now()) and app.free_seats(wanted_org_id) < 1 then return 'no_seats'; end if;
    update public.invitations i
      set state = 'pending', ended_at = null, nonce = new_nonce, token_hash = null, mailed_at = null, invited_by = auth.uid(),
          expires_at = now() + valid_for
      where i.org_id = wanted_org_id and i.id = invitation_id;
    return 'done';
  end
  $$;
comment on function app.renew_invitation(uuid, uuid, uuid, interval) is 'Ends the link before and makes room for a new one. Answers done, not_found, forbidden, no_such_invitation, over, above_yours, too_soon, already_member, already_invited or no_seats.';

create function app.revoke_invitation(wanted_org_id uuid, invitation_id uuid) returns text
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    mine app.member_role := app.locked_role(wanted_org_id);
    current_state text;
  begin
    if mine is null then return 'not_found'; end if;
    if not app.may_manage_members(mine) then return 'forbidden'; end if;
    select i.state into current_state from public.invitations i where i.org_id = wanted_org_id and i.id = invitation_id for update;
    if current_state is null then return 'no_such_invitation'; end if;
    if current_state = 'revoked' then return 'unchanged'; end if;
    if current_state = 'accepted' then return 'over'; end if;
    update public.invitations i set state = 'revoked', ended_at = now() where i.org_id = wanted_org_id and i.id = invitation_id;
    return 'done';
  end
  $$;
comment on function app.revoke_invitation(uuid, uuid) is 'Answers done, unchanged, not_found, forbidden, no_such_invitation or over.';

create function app.read_invitation(wanted_hash text)
  returns table (org_id uuid, slug text, org_name text, email text, role app.member_role, state text, invited_by_name text,
                 expires_at timestamptz, accepted_by_reader boolean)
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query
      select i.org_id, o.slug, o.name, i.email, i.role,
             case when i.state = 'pending' and i.expires_at <= now() then 'expired' else i.state end,
             p.display_name, i.expires_at, coalesce(i.accepted_by = auth.uid(), false)
      from public.invitations i join public.organizations o using (org_id) left join public.profiles p on p.user_id = i.invited_by
      where i.token_hash = wanted_hash;
  end
  $$;
comment on function app.read_invitation(text) is 'What whoever holds the link may know; nothing for a hash that no link has.';

create function app.accept_invitation(wanted_hash text, out outcome text, out accepted_org_id uuid, out invitation_id uuid, out accepted_role app.member_role)
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    found_one public.invitations;
  begin
    select i.org_id into accepted_org_id from public.invitations i where i.token_hash = wanted_hash;
    if accepted_org_id is null then outcome := 'unknown'; return; end if;
    -- Members change one command after the other; what was read before the lock may be over.
    perform from public.organizations o where o.org_id = accepted_org_id for no key update;
    select * into found_one from public.invitations i where i.org_id = accepted_org_id and i.token_hash = wanted_hash for update;
    invitation_id := found_one.id;
    accepted_role := found_one.role;
    outcome := case
      when found_one.id is null then 'unknown'
      when not exists (select from auth.users u where u.id = auth.uid() and lower(u.email) = found_one.email) then 'wrong_person'
      when found_one.state = 'accepted' and found_one.accepted_by = auth.uid() then 'unchanged'
      when found_one.state = 'accepted' then 'used'
      when found_one.state = 'revoked' then 'revoked'
      when found_one.state = 'expired' or found_one.expires_at <= now() then 'expired'
      when exists (select from public.memberships m where m.org_id = accepted_org_id and m.user_id = auth.uid()) then 'member'
      when (select p.seats from public.organizations o join public.plans p using (plan) where o.org_id = accepted_org_id)
         <= (select count(*) from public.memberships m where m.org_id = accepted_org_id) then 'no_seats'
      else 'done'
    end;
    if outcome in ('done', 'member') then
      update public.invitations i set state = 'accepted', accepted_by = auth.uid(), ended_at = now()
        where i.org_id = accepted_org_id and i.id = invitation_id;
    end if;
    if outcome = 'done' then
      insert into public.memberships (org_id, user_id, role) values (accepted_org_id, auth.uid(), accepted_role);
    end if;
    -- Who was a member keeps the role they have.
    if outcome = 'member' then outcome := 'done'; end if;
  end
  $$;
comment on function app.accept_invitation(text) is 'Lets the person of this transaction in, if the link was sent to their address. Answers done, unchanged, unknown, wrong_person, used, revoked, expired or no_seats.';

revoke all on function app.free_seats(uuid), app.belongs_already(uuid, text),
  app.invite_member(uuid, uuid, text, app.member_role, uuid, interval), app.renew_invitation(uuid, uuid, uuid, interval),
  app.revoke_invitation(uuid, uuid), app.read_invitation(text), app.accept_invitation(text) from public;
grant execute on function app.invite_member(uuid, uuid, text, app.member_role, uuid, interval),
  app.renew_invitation(uuid, uuid, uuid, interval), app.revoke_invitation(uuid, uuid), app.accept_invitation(text) to devsphere_member;
grant execute on function app.read_invitation(text) to anon, devsphere_member;
