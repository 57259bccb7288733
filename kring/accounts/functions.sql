-- Facts about professionals that the locks need; read by definer functions without opening the tables to anybody.

create function sec._organisation_of(subject uuid) returns uuid language plpgsql stable security definer set search_path = pg_catalog as $$
begin return (select p.organisation_id from public.accounts_professional p where p.id = subject); end $$;
comment on function sec._organisation_of(uuid) is 'kring/circle/tests/test_locks.py';

create function sec._holds(subject uuid, wanted text) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return (select coalesce(array_agg(a.organisation_id), '{}') from public.accounts_appointment a
    where a.professional_id = subject and a.role = wanted and a.from_on <= (now() at time zone 'Europe/Amsterdam')::date
      and (a.until_on is null or a.until_on >= (now() at time zone 'Europe/Amsterdam')::date));
end $$;
comment on function sec._holds(uuid, text) is 'kring/circle/tests/test_locks.py';

create function sec.my_desks() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
declare mine sec.session := sec._session();
begin
  return case when mine.kind = 'professional' then sec._holds(mine.subject_id, 'desk')
              when mine.kind = 'system' then (select coalesce(array_agg(id), '{}') from public.accounts_organisation)
              else '{}'::uuid[] end;
end $$;
comment on function sec.my_desks() is 'kring/circle/tests/test_locks.py';

-- At which organisations I hold this role today.
create function sec.where_i_am(wanted text) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select case when sec.my_kind() = 'professional' then sec._holds(sec.me(), wanted) else '{}'::uuid[] end
$$;
comment on function sec.where_i_am(text) is 'kring/duty/tests/test_reviewing.py';

create function sec.i_administer() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select cardinality(sec._holds(sec.me(), 'administrator')) > 0
$$;
comment on function sec.i_administer() is 'kring/accounts/tests/test_accounts.py';

-- Does the law give my mother organisation this power today (Power rows, with article and dates)?
create function sec.has_power(wanted text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select sec.my_kind() = 'professional' and exists (
    select from public.accounts_power p join public.accounts_organisation o on o.kind = p.organisation_kind
    where o.id = sec._organisation_of(sec.me()) and p.code = wanted
      and p.valid_from <= (now() at time zone 'Europe/Amsterdam')::date
      and (p.valid_until is null or p.valid_until >= (now() at time zone 'Europe/Amsterdam')::date))
$$;
comment on function sec.has_power(text) is 'kring/families/tests/test_bsn.py';

-- The lock of a table that asks a power: jobs, and a sender or reporter in the transaction in which they found, pass.
create function sec.may_use(wanted text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(sec.my_kind() in ('system', 'sender', 'reporter') or sec.has_power(wanted), false)
$$;
comment on function sec.may_use(text) is 'kring/families/tests/test_bsn.py';

-- Who this token is, for the page, with the roles that hold today: one query at the start of each request.
create function sec.who_am_i() returns table (
  subject_id uuid, kind text, name text, organisation_id uuid, organisation text, job text, roles text[]
) language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  mine sec.session := sec._session();
  today date := (now() at time zone 'Europe/Amsterdam')::date;
begin
  if mine.subject_id is null then return; end if;
  return query select mine.subject_id, mine.kind, concat_ws(' ', p.given_name, p.surname), p.organisation_id, o.name::text, p.function::text,
    array(select a.role || ':' || a.organisation_id from public.accounts_appointment a
          where a.professional_id = p.id and a.from_on <= today and (a.until_on is null or a.until_on >= today))
  from (select) one left join public.accounts_professional p on p.id = mine.subject_id and mine.kind = 'professional'
    left join public.accounts_organisation o on o.id = p.organisation_id;
end $$;
comment on function sec.who_am_i() is 'kring/accounts/tests/test_sign_in.py';

-- A professional's name as this viewer may see it: shielded surnames are for colleagues only (harm B44).
create function sec._shown_name(subject uuid) returns text language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return (select case when p.shown_surname or sec.am_staff() then p.given_name || ' ' || p.surname else p.given_name end
    from public.accounts_professional p where p.id = subject);
end $$;
comment on function sec._shown_name(uuid) is 'kring/accountability/tests/test_who_looked.py';
