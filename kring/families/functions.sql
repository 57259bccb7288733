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

-- A report goes to another family and leaves none behind: its people go along as they stand now, with everything that was
-- written of them. `olds` are the same humans as `news`, who are there already: of those only the ways to reach them go
-- along, hidden where they live hidden, and where the report says they live does not. Returns who came.
create function sec.carry_members(wrong uuid, rightful uuid, olds uuid[], news uuid[]) returns uuid[]
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare moving uuid[]; homes uuid[];
begin
  if not (wrong = any (sec.opened()) and rightful = any (sec.opened())
      and wrong = any (sec.my_duo_families()) and rightful = any (sec.my_duo_families()))
    or exists (select from unnest(news) n where not exists (select from public.families_familymember m where m.id = n and m.family_id = rightful))
  then raise exception 'not yours' using errcode = '42501'; end if;
  select coalesce(array_agg(m.id), '{}') into moving from public.families_familymember m where m.family_id = wrong and m.id <> all (olds);
  select coalesce(array_agg(distinct r.household_id), '{}') into homes from public.families_residence r where r.member_id = any (moving);
  update public.families_familymember m set family_id = rightful, merged_into_id = coalesce(news[array_position(olds, m.merged_into_id)], m.merged_into_id)
    where m.id = any (moving);
  update public.families_citizennumber set family_id = rightful where member_id = any (moving);
  update public.families_safecontact set family_id = rightful where member_id = any (moving);
  update public.families_personlink set family_id = rightful where member_id = any (moving);
  update public.families_membermerge x set family_id = rightful, kept_id = coalesce(news[array_position(olds, x.kept_id)], x.kept_id)
    where x.merged_id = any (moving);
  update public.families_relation x set family_id = rightful, member_id = coalesce(news[array_position(olds, x.member_id)], x.member_id),
    other_id = coalesce(news[array_position(olds, x.other_id)], x.other_id) where x.member_id = any (moving) or x.other_id = any (moving);
  update public.families_authority x set family_id = rightful,
    holders = (select coalesce(array_agg(coalesce(news[array_position(olds, h)], h)), '{}') from unnest(x.holders) h) where x.child_id = any (moving);
  delete from public.families_residence r where r.household_id = any (homes) and r.member_id = any (olds);
  -- Somebody who is there already lives hidden: an open address that the report gives could be just that one.
  if exists (select from public.families_residence r join public.families_secretaddress s on s.household_id = r.household_id
             where r.member_id = any (news) and r.until_on is null) then
    delete from public.families_lookupkey k where k.family_id = wrong and k.of_id = any (homes);
    delete from public.families_address a where a.household_id = any (homes);
  end if;
  update public.families_household set family_id = rightful where id = any (homes);
  update public.families_residence set family_id = rightful where household_id = any (homes);
  update public.families_address set family_id = rightful where household_id = any (homes);
  update public.families_secretaddress set family_id = rightful where household_id = any (homes);
  update public.families_doordanger d set family_id = rightful, household_id = case when d.household_id = any (homes) then d.household_id end
    where d.family_id = wrong;
  update public.families_placeclue c set family_id = rightful, member_id = coalesce(news[array_position(olds, c.member_id)], c.member_id),
    audience = case when exists (select from public.families_residence r join public.families_secretaddress s on s.household_id = r.household_id
      where r.member_id = coalesce(news[array_position(olds, c.member_id)], c.member_id) and r.until_on is null) then 'duo' else c.audience end
    where c.family_id = wrong;
  update public.families_lookupkey set family_id = rightful where family_id = wrong and of_id = any (moving || homes);
  return moving;
end $$;
comment on function sec.carry_members(uuid, uuid, uuid[], uuid[]) is 'kring/intake/tests/test_wrong_family.py';
