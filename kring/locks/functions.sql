-- Who acts. The token is a secret minted by the login door (or, for system subjects, by the jobs door);
-- only its hash is kept, so neither a guess nor an injected set_config makes anybody somebody else.

--
-- What policies call is plpgsql: it keeps its plans as long as the connection lives, where an sql function that can't be
-- inlined begins anew in each statement (a page has some fifty such calls; measured in docs/benchmarks.md).

create function sec._session() returns sec.session language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  mine sec.session;
  shown bytea := sha256(convert_to(nullif(current_setting('kring.token', true), '')::uuid::text, 'UTF8'));
begin
  select s.* into mine from sec.session s
  where s.token_hash = shown and s.expires_at > now()
    -- a system subject exists for the jobs role only, whatever token is shown
    and (s.kind <> 'system' or session_user = 'kring_jobs');
  return mine;
end $$;
comment on function sec._session() is 'kring/circle/tests/test_locks.py';

-- The cast to uuid raises on the empty setting that a reused connection keeps: no subject is loud, never silent.
create function sec.me() returns uuid language plpgsql stable security definer set search_path = pg_catalog as $$
begin return case when current_setting('kring.token')::uuid is not null then (sec._session()).subject_id end; end $$;
comment on function sec.me() is 'kring/circle/tests/test_locks.py';

create function sec.my_kind() returns text language plpgsql stable security definer set search_path = pg_catalog as $$
begin return (sec._session()).kind; end $$;
comment on function sec.my_kind() is 'kring/circle/tests/test_locks.py';

create function sec.am_professional() returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
  -- a sender and a reporter see only what they found in this very transaction
begin return coalesce((sec._session()).kind in ('professional', 'system', 'sender', 'reporter'), false); end $$;
comment on function sec.am_professional() is 'kring/circle/tests/test_locks.py';

create function sec.am_staff() returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
begin return coalesce((sec._session()).kind in ('professional', 'system'), false); end $$;
comment on function sec.am_staff() is 'kring/circle/tests/test_locks.py';

create function sec.sign_in(token uuid, subject uuid, kind text, hours int) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into sec.session (token_hash, subject_id, kind, expires_at)
  values (sha256(convert_to(token::text, 'UTF8')), subject, kind, now() + make_interval(hours => hours))
$$;
comment on function sec.sign_in(uuid, uuid, text, int) is 'kring/accounts/tests/test_sign_in.py';

create function sec.sign_out(token uuid) returns void language sql volatile security definer set search_path = pg_catalog as $$
  delete from sec.session where token_hash = sha256(convert_to(token::text, 'UTF8'))
$$;
comment on function sec.sign_out(uuid) is 'kring/accounts/tests/test_sign_in.py';

create function sec.sign_out_everywhere(subject uuid) returns int language sql volatile security definer set search_path = pg_catalog as $$
  with gone as (delete from sec.session where subject_id = subject returning 1) select count(*)::int from gone
$$;
comment on function sec.sign_out_everywhere(uuid) is 'kring/accounts/tests/test_sign_in.py';

-- Idle sessions end: false when this one is unknown, over, or was idle too long.
create function sec.touch(idle_minutes int) returns boolean language plpgsql volatile security definer set search_path = pg_catalog as $$
declare mine sec.session := sec._session();
begin
  if mine.token_hash is null then return false; end if;
  if mine.kind in ('professional', 'person') then
    if mine.seen_at < now() - make_interval(mins => idle_minutes) then
      delete from sec.session where token_hash = mine.token_hash;
      return false;
    end if;
    if mine.seen_at < now() - interval '1 minute' then
      update sec.session set seen_at = now() where token_hash = mine.token_hash;
    end if;
  end if;
  return true;
end $$;
comment on function sec.touch(int) is 'kring/accounts/tests/test_sign_in.py';

-- Jobs act as the system, for the length of one job, and only under their own role.
create function sec.begin_job(token uuid, subject uuid) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if session_user <> 'kring_jobs' then raise exception 'only the jobs role begins a job' using errcode = '42501'; end if;
  delete from sec.session where kind = 'system' and expires_at < now();
  insert into sec.session (token_hash, subject_id, kind, expires_at)
  values (sha256(convert_to(token::text, 'UTF8')), subject, 'system', now() + interval '15 minutes');
end $$;
comment on function sec.begin_job(uuid, uuid) is 'kring/circle/tests/test_locks.py';

-- Only the login door mints and ends sessions.
-- grant: revoke all on function sec.sign_in(uuid, uuid, text, int), sec.sign_out(uuid), sec.sign_out_everywhere(uuid) from kring_app, kring_jobs
-- grant: grant execute on function sec.sign_in(uuid, uuid, text, int), sec.sign_out(uuid), sec.sign_out_everywhere(uuid) to kring_login
-- grant: revoke all on function sec.begin_job(uuid, uuid) from kring_app
