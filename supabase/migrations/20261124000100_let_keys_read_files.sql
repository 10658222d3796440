-- A program's key is no person of the storage. The API looks the file up as the key, under row-level security, and then reads
-- it with a token of a minute that names this one file of a task and nothing else.

create function app.claim_file_path() returns text
  language plpgsql stable set search_path = ''
  as $$ begin return app.claims() -> 'devsphere_file' ->> 'path'; end $$;
comment on function app.claim_file_path() is 'The one file of a task this token may read; null for a person''s token.';
revoke all on function app.claim_file_path() from public;
grant execute on function app.claim_file_path() to authenticated;

create policy "whoever was handed a file of a task reads it" on storage.objects for select to authenticated
  using (bucket_id = 'artifacts' and name = (select app.claim_file_path()));
