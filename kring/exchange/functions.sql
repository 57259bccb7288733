-- Who stands at the door: asked by the login door before there is a subject, by the OIN of a verified certificate.

create function sec.known_sender(number text) returns table (
  id uuid, name text, kinds text[], speaks_for text[], answer_url text
) language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.name, s.kinds::text[], s.speaks_for::text[] || s.oin, s.answer_url
  from public.exchange_knownsender s
  where s.oin = number and s.from_on <= (now() at time zone 'Europe/Amsterdam')::date
    and (s.until_on is null or s.until_on >= (now() at time zone 'Europe/Amsterdam')::date)
  order by s.from_on desc limit 1
$$;
comment on function sec.known_sender(text) is 'kring/exchange/tests/test_door.py';
-- grant: revoke all on function sec.known_sender(text) from kring_app, kring_jobs
-- grant: grant execute on function sec.known_sender(text) to kring_login

-- A message that can't be read goes to the desk it was meant for; only a sender (or a job) puts it there.
create function sec.keep_refused(
  message uuid, desk uuid, sender text, reference text, kind text, code text, details text, original text
) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if coalesce(sec.my_kind(), '') not in ('sender', 'system') then
    raise exception 'only a sender leaves a refused message' using errcode = '42501';
  end if;
  insert into public.exchange_refusedmessage (id, version, organisation_id, sender_name, reference, kind, code, details, original)
  values (message, 1, desk, left(sender, 120), left(reference, 40), left(kind, 40), left(code, 8), details, original);
end $$;
comment on function sec.keep_refused(uuid, uuid, text, text, text, text, text, text) is 'kring/exchange/tests/test_door.py';
