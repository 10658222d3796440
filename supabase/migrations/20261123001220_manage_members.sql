-- Creating, changing and leaving organisations, and who belongs to them. What a policy can't say safely (a first owner,
-- a role no higher than one's own, the last owner) is said by a function that holds the organisation's row while it looks.

grant update (slug, name) on public.organizations to devsphere_member;
drop policy "nobody updates organizations" on public.organizations;
create policy "admins rename organizations" on public.organizations for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('organization.update')))
  with check (org_id in (select app.permitted_org_ids('organization.update')));

-- One page of members, in the order people joined.
create index memberships_joined_idx on public.memberships (org_id, created_at, user_id);

create function app.create_organization(new_org_id uuid, new_slug text, new_name text) returns text
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    person uuid := auth.uid();
  begin
    -- Held until the commit: two requests at once can't both find room for the last one.
    perform from public.profiles p where p.user_id = person for no key update;
    if not found then return 'forbidden'; end if;
    if (select count(*) from public.memberships m where m.user_id = person and m.role = 'owner') >= 50 then
      return 'too_many';
    end if;
    insert into public.organizations (org_id, slug, name) values (new_org_id, new_slug, new_name);
    insert into public.memberships (org_id, user_id, role) values (new_org_id, person, 'owner');
    return 'done';
  end
  $$;
comment on function app.create_organization(uuid, text, text) is 'Creates an organisation with the person of this transaction as its owner. Answers done, forbidden or too_many.';

create function app.locked_role(wanted_org_id uuid) returns app.member_role
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    perform from public.organizations o where o.org_id = wanted_org_id for no key update;
    return (select m.role from public.memberships m where m.org_id = wanted_org_id and m.user_id = auth.uid());
  end
  $$;
comment on function app.locked_role(uuid) is 'The role of this transaction''s person in an organisation whose members now change one command after the other.';

create function app.may_manage_members(mine app.member_role) returns boolean
  language plpgsql stable security definer set search_path = ''
  as $$ begin return coalesce(mine >= (select p.min_role from app.permissions p where p.permission = 'members.manage'), false); end $$;

create function app.is_last_owner(wanted_org_id uuid, member_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    return exists (select from public.memberships m where m.org_id = wanted_org_id and m.user_id = member_id and m.role = 'owner')
      and not exists (select from public.memberships m where m.org_id = wanted_org_id and m.user_id <> member_id and m.role = 'owner');
  end
  $$;

create function app.change_member_role(wanted_org_id uuid, member_id uuid, new_role app.member_role,
                                       out outcome text, out role_before app.member_role)
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    mine app.member_role := app.locked_role(wanted_org_id);
  begin
    select m.role into role_before from public.memberships m where m.org_id = wanted_org_id and m.user_id = member_id;
    outcome := case
      when mine is null then 'not_found'
      when not app.may_manage_members(mine) then 'forbidden'
      when role_before is null then 'no_such_member'
      when new_role = role_before then 'unchanged'
      when new_role > mine or role_before > mine then 'above_yours'
      when app.is_last_owner(wanted_org_id, member_id) then 'last_owner'
      else 'done'
    end;
    if outcome = 'done' then
      update public.memberships m set role = new_role where m.org_id = wanted_org_id and m.user_id = member_id;
    end if;
  end
  $$;
comment on function app.change_member_role(uuid, uuid, app.member_role) is 'Answers done, unchanged, not_found, forbidden, no_such_member, above_yours or last_owner.';

create function app.remove_member(wanted_org_id uuid, member_id uuid, out outcome text, out role_before app.member_role)
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    mine app.member_role := app.locked_role(wanted_org_id);
  begin
    select m.role into role_before from public.memberships m where m.org_id = wanted_org_id and m.user_id = member_id;
    outcome := case
      when mine is null then 'not_found'
      when member_id <> auth.uid() and not app.may_manage_members(mine) then 'forbidden'
      when role_before is null then 'no_such_member'
      when role_before > mine then 'above_yours'
      when app.is_last_owner(wanted_org_id, member_id) then 'last_owner'
      else 'done'
    end;
    if outcome = 'done' then
      delete from public.memberships m where m.org_id = wanted_org_id and m.user_id = member_id;
    end if;
  end
  $$;
comment on function app.remove_member(uuid, uuid) is 'Removes a member, or lets the person of this transaction leave. Answers done, not_found, forbidden, no_such_member, above_yours or last_owner.';

revoke all on function app.create_organization(uuid, text, text), app.locked_role(uuid), app.may_manage_members(app.member_role),
  app.is_last_owner(uuid, uuid), app.change_member_role(uuid, uuid, app.member_role), app.remove_member(uuid, uuid) from public;
grant execute on function app.create_organization(uuid, text, text), app.change_member_role(uuid, uuid, app.member_role),
  app.remove_member(uuid, uuid) to devsphere_member;
