/**
 * Tries statements on the server, each in a subtransaction that is always rolled back, as the role and with the claims
 * of a subject. An answer is a count of rows, an SQLSTATE, with `LEAK` before it when a row of the other organisation was written.
 */
export const installTrying = `
  create schema matrix;
  grant usage on schema matrix to public;
  create function matrix.foreign_rows(tables text[], org uuid) returns text language plpgsql security definer as $$
  declare
    one text; digest text; all_of_them text := '';
  begin
    foreach one in array tables loop
      execute format('select md5(coalesce(string_agg(t.ctid::text || t::text, '''' order by t::text), '''')) from %s t where org_id = $1', one)
        into digest using org;
      all_of_them := all_of_them || digest;
    end loop;
    return md5(all_of_them);
  end $$;
  grant execute on function matrix.foreign_rows(text[], uuid) to public;
  create function matrix.try_one(statement text, writes boolean, org uuid, scope text[]) returns text language plpgsql as $$
  declare
    affected bigint; before text; leaked boolean := false;
  begin
    begin
      if writes then
        if org is not null then before := matrix.foreign_rows(scope, org); end if;
        execute statement;
        get diagnostics affected = row_count;
        if org is not null then
          perform set_config('role', 'none', true);
          leaked := matrix.foreign_rows(scope, org) is distinct from before;
        end if;
      else
        execute 'select count(*) from (' || statement || ') q' into affected;
      end if;
      raise exception using errcode = 'ZZ001', message = case when leaked then 'LEAK ' else '' end || affected;
    exception
      when sqlstate 'ZZ001' then return sqlerrm;
      when others then return sqlstate;
    end;
  end $$;
  grant execute on function matrix.try_one(text, boolean, uuid, text[]) to public;`;

/** Runs many at once: statements ($1), which of them write ($2), the other organisation ($3), where it is looked at ($4). */
export const tryAll = `
  select array_agg(matrix.try_one(s, w, $3, string_to_array(scope, ',')) order by n) as answers
  from unnest($1::text[], $2::boolean[], $4::text[]) with ordinality as t(s, w, scope, n)`;
