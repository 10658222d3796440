-- A task that waits and gets another input sets aside what that one usually takes.
grant update (reserved_nano_usd) on public.tasks to devsphere_member, devsphere_api_key;
