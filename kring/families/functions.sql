-- Persons, and finding families by an exact identifier. The app role reads neither table.

-- The person behind an identity, or a new one. The id is made here and not in Python: from an id of its own that comes
-- back or not, the caller would learn that somebody exists elsewhere.
create function sec.person_for(wanted bytea) returns uuid language plpgsql volatile security definer set search_path = pg_catalog as $$
declare found_id uuid;
begin
  if coalesce(sec.my_kind(), 'person') = 'person' then raise exception 'not yours to make' using errcode = '42501'; end if;
  if wanted is not null then
    perform pg_advisory_xact_lock(hashtextextended(encode(wanted, 'hex'), 20));
    select p.id into found_id from public.families_person p where p.identity = wanted;
  end if;
  if found_id is null then
    found_id := gen_random_uuid();
    insert into public.families_person (id, version, identity) values (found_id, 1, wanted);
  end if;
  return found_id;
end $$;
comment on function sec.person_for(bytea) is 'kring/families/tests/test_persons.py';

-- Replace the keys of these kinds of one member or household.
create function sec.set_lookup_keys(family uuid, subject uuid, replacing text[], kinds text[], hashes bytea[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not coalesce(family = any (sec.opened()), false) then raise exception 'open the family first' using errcode = '42501'; end if;
  delete from public.families_lookupkey k where k.family_id = family and k.of_id = subject and k.kind = any (replacing);
  insert into public.families_lookupkey (id, version, family_id, of_id, kind, hash)
  select gen_random_uuid(), 1, family, subject, k.kind, k.hash from unnest(kinds, hashes) as k (kind, hash);
end $$;
comment on function sec.set_lookup_keys(uuid, uuid, text[], text[], bytea[]) is 'kring/families/tests/test_finding.py';

-- For jobs only: which families hold this exact identifier. Duty's look-up has a door of its own.
create function sec.find_families(wanted text, exact bytea) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() is distinct from 'system' then raise exception 'jobs only' using errcode = '42501'; end if;
  return (select coalesce(array_agg(distinct k.family_id), '{}') from public.families_lookupkey k where k.kind = wanted and k.hash = exact);
end $$;
comment on function sec.find_families(text, bytea) is 'kring/families/tests/test_finding.py';

-- Likely the same people, within the families this subject sees as a whole; nothing about any other.
create function sec.alike_among_mine(exact bytea[]) returns table (family_id uuid, label text, hash bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct k.family_id, f.label::text, k.hash
  from public.families_lookupkey k join public.circle_family f on f.id = k.family_id
  where k.kind in ('surname_birth', 'bsn') and k.hash = any (exact)
    and k.family_id = any ((select sec.my_families('family'))::uuid[])
    and k.family_id = any ((select sec.my_whole_families())::uuid[])
$$;
comment on function sec.alike_among_mine(bytea[]) is 'kring/families/tests/test_duplicates.py';

-- "Known elsewhere?" (check op bekendheid, harm B40): yes or no to who has the power, a search on both trails, and the
-- holder is told by a row that it must answer. The asker learns neither who nor how many.
create function sec.known_elsewhere(family uuid, wanted text, exact bytea, reason text, before date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  holder uuid;
  known boolean := false;
  law text;
begin
  if not sec.has_power('know_elsewhere') or not coalesce(family = any (sec.my_families()), false) then
    raise exception 'no power to ask this' using errcode = '42501';
  end if;
  if wanted not in ('bsn_birth', 'surname_birth') or coalesce(reason, '') = '' then
    raise exception 'an exact person and a reason' using errcode = '22023';
  end if;
  select p.article into law from public.accounts_power p join public.accounts_organisation o on o.kind = p.organisation_kind
    where o.id = sec._organisation_of(sec.me()) and p.code = 'know_elsewhere' order by p.valid_from desc limit 1;
  perform trail.add('search', 'done', family, 'families_lookupkey', null, jsonb_build_object('what', left(reason, 200)), 'professionals');
  for holder in select distinct k.family_id from public.families_lookupkey k
                where k.kind = wanted and k.hash = exact and k.family_id <> family loop
    known := true;
    perform trail.add('search', 'done', holder, 'families_lookupkey', null, null, 'professionals');
    insert into public.families_inquiry (id, version, family_id, asker_id, asker_organisation_id, asked_at, article,
      answer_before, answer, audience, audience_ids)
    values (gen_random_uuid(), 1, holder, sec.me(), sec._organisation_of(sec.me()), now(), coalesce(law, ''), before, '', 'professionals', '{}');
  end loop;
  return known;
end $$;
comment on function sec.known_elsewhere(uuid, text, bytea, text, date) is 'kring/families/tests/test_known_elsewhere.py';

-- An inspector reads by law, without consent (Jeugdwet 9.2, harm B36): with a named mandate, by an exact identifier, a
-- limited number at a time, for a limited time, and both the search and the entry are on the trail. Null: nothing, or
-- more than one, which is told alike.
create function sec.enter_for_inspection(wanted text, exact bytea, membership uuid, days int, most int) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare found_ids uuid[]; mandate text;
begin
  select a.mandate into mandate from public.accounts_appointment a
    where a.professional_id = sec.me() and a.role = 'inspector' and a.mandate <> ''
      and a.from_on <= (now() at time zone 'Europe/Amsterdam')::date
      and (a.until_on is null or a.until_on >= (now() at time zone 'Europe/Amsterdam')::date) limit 1;
  if mandate is null or not sec.has_power('inspect') then raise exception 'no mandate' using errcode = '42501'; end if;
  if (select count(*) from sec._memberships() m where m.role = 'inspector') >= most then
    raise exception 'the limited set is full' using errcode = '54000';
  end if;
  select array_agg(distinct k.family_id) into found_ids from public.families_lookupkey k where k.kind = wanted and k.hash = exact;
  perform trail.add('search', 'done', null, 'families_lookupkey', null, jsonb_build_object('what', left(mandate, 200)), 'reviewers');
  if coalesce(cardinality(found_ids), 0) <> 1 then return null; end if;
  if not exists (select from sec._memberships() m where m.family_id = found_ids[1]) then
    perform sec._insert_membership(membership, found_ids[1], sec.me(), null, null, 'inspector', 'supervision', mandate,
      now() + make_interval(days => least(days, 30)), '{family,intake,contact,danger}', null, null, null, 'professionals', array[sec.me()]);
  end if;
  return found_ids[1];
end $$;
comment on function sec.enter_for_inspection(text, bytea, uuid, int, int) is 'kring/families/tests/test_inspection.py';
