-- Who is called, who may take it, and the one road by which an alarm lets somebody into a circle.

-- Where I plan the duty: as its team leader or administrator.
create function sec.my_planning() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select case when sec.my_kind() = 'professional'
    then sec._holds(sec.me(), 'team_leader') || case when sec.i_administer()
      then (select array_agg(o.id) from public.accounts_organisation o) else '{}'::uuid[] end
    else '{}'::uuid[] end
$$;
comment on function sec.my_planning() is 'kring/duty/tests/test_rosters.py';

-- The ladder (harm B1); kring/duty/states.py RUNGS is the same list with its words.
create function sec._rungs() returns text[] language sql immutable set search_path = pg_catalog as $$
  select array['circle', 'deputy', 'regional', 'veilig_thuis', 'team_leader']
$$;
comment on function sec._rungs() is 'kring/duty/tests/test_alarms.py';

create function sec._on_shift(roster_kind text, region uuid, organisation uuid, at timestamptz) returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct s.professional_id), '{}')
  from public.duty_shift s join public.duty_roster r on r.id = s.roster_id
    join public.accounts_professional p on p.id = s.professional_id and p.active
  where r.kind = roster_kind and (region is null or r.region_id = region)
    and (organisation is null or r.organisation_id = organisation) and s.starts_at <= at and s.ends_at > at
$$;
comment on function sec._on_shift(text, uuid, uuid, timestamptz) is 'kring/duty/tests/test_alarms.py';

-- Everybody appointed in this role at one of these organisations today.
create function sec._appointed(wanted text, organisations uuid[]) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct p.id), '{}') from public.accounts_appointment a
    join public.accounts_professional p on p.id = a.professional_id and p.active
  where a.role = wanted and a.organisation_id = any (organisations)
    and a.from_on <= (now() at time zone 'Europe/Amsterdam')::date
    and (a.until_on is null or a.until_on >= (now() at time zone 'Europe/Amsterdam')::date)
$$;
comment on function sec._appointed(text, uuid[]) is 'kring/duty/tests/test_alarms.py';

-- Who stands on one rung at one moment. A gap in a roster calls everybody who may be on duty there: too many is better
-- than nobody.
create function sec._rung(a public.duty_alarm, wanted text, at timestamptz, out who uuid[], out gap boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  c public.circle_circle;
  veilig_thuis uuid[] := (select coalesce(array_agg(o.id), '{}') from public.accounts_organisation o
                          where o.kind = 'veilig_thuis' and o.region_id = a.region_id);
begin
  gap := false;
  select * into c from public.circle_circle where family_id = a.family_id;
  select coalesce(array_agg(distinct m.professional_id), '{}') into who
  from public.circle_membership m join public.accounts_professional p on p.id = m.professional_id and p.active
  where m.family_id = a.family_id and sec._is_active(m) and case wanted
    when 'circle' then m.id in (c.fixed_face_id, c.sight_owner_id) or m.role = 'safety_partner'
    when 'deputy' then m.id = c.deputy_id else false end;
  if wanted = 'circle' and c.fixed_face_id is null and a.desk_id is not null then
    who := who || sec._on_shift('desk', null, a.desk_id, at);
    if who = '{}' then gap := true; who := sec._appointed('duty', array[a.desk_id]); end if;
    if who = '{}' then who := sec._appointed('desk', array[a.desk_id]); end if;
  elsif wanted = 'regional' then
    who := sec._on_shift('regional', a.region_id, null, at);
    if who = '{}' then
      gap := true;
      who := sec._appointed('duty', (select array_agg(r.organisation_id) from public.duty_roster r
                                     where r.kind = 'regional' and r.region_id = a.region_id));
    end if;
  elsif wanted = 'veilig_thuis' then
    who := sec._on_shift('veilig_thuis', a.region_id, null, at);
    if who = '{}' then gap := true; who := sec._appointed('duty', veilig_thuis); end if;
  elsif wanted = 'team_leader' then
    who := sec._appointed('team_leader', veilig_thuis || array_remove(array[a.desk_id], null) || array(
      select p.organisation_id from public.circle_membership m join public.accounts_professional p on p.id = m.professional_id
      where m.id in (c.fixed_face_id, c.sight_owner_id)));
  end if;
  who := array(select distinct one from unnest(who) one);
end $$;
comment on function sec._rung(public.duty_alarm, text, timestamptz) is 'kring/duty/tests/test_alarms.py';

create function sec._minutes(a public.duty_alarm) returns int language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select r.minutes_per_rung from public.accounts_region r where r.id = a.region_id), 15)::int
         * case when a.urgency = 'now' then 1 else 4 end
$$;
comment on function sec._minutes(public.duty_alarm) is 'kring/duty/tests/test_alarms.py';

-- Calls the rung that the alarm stands on, or the next one where anybody stands; all round without a soul it stays on
-- the first and tries again. Returns who was called.
create function sec._ring(alarm uuid, at timestamptz) returns uuid[] language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a public.duty_alarm; found record; tries int := 0; many int := cardinality(sec._rungs());
begin
  select * into a from public.duty_alarm where id = alarm;
  loop
    select * into found from sec._rung(a, (sec._rungs())[a.rung], at);
    tries := tries + 1;
    exit when found.who <> '{}' or tries >= many;
    a.rung := a.rung + 1;
    if a.rung > many then a.rung := 1; a.round := a.round + 1; end if;
  end loop;
  update public.duty_alarm set rung = a.rung, round = a.round, rung_at = at,
    climbs_at = at + make_interval(mins => sec._minutes(a)), version = version + 1 where id = alarm;
  insert into public.duty_alarmcall (id, version, family_id, alarm_id, professional_id, rung, round, called_at, gap, audience, audience_ids)
  select gen_random_uuid(), 1, a.family_id, a.id, p.id, a.rung, a.round, at, found.gap,
    -- that a shelter was called tells a place: the duo alone hears of it (harm B4)
    case when o.hidden_by_default then 'duo' else 'professionals' end, array[p.id]
  from public.accounts_professional p join public.accounts_organisation o on o.id = p.organisation_id
  where p.id = any (found.who)
  on conflict do nothing;
  return found.who;
end $$;
comment on function sec._ring(uuid, timestamptz) is 'kring/duty/tests/test_alarms.py';

create function sec.raise_alarm(alarm uuid, family uuid, kind text, urgency text, desk uuid, at timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare received_at uuid; place uuid;
begin
  if not coalesce(family = any (sec.my_families()), false) then
    raise exception 'not yours to ring for' using errcode = '42501';
  end if;
  received_at := coalesce(desk, (select m.desk_id from public.circle_membership m
    where m.family_id = family and m.desk_id is not null and sec._is_active(m) order by m.from_at limit 1));
  place := (select o.region_id from public.accounts_organisation o where o.id = coalesce(received_at, (
    select p.organisation_id from public.circle_circle c
      join public.circle_membership m on m.id = coalesce(c.fixed_face_id, c.sight_owner_id)
      join public.accounts_professional p on p.id = m.professional_id where c.family_id = family)));
  insert into public.duty_alarm (id, version, family_id, kind, urgency, desk_id, region_id, state, rung, round, rung_at,
    climbs_at, raised_by, raised_at, audience, audience_ids)
  values (alarm, 1, family, kind, urgency, received_at, place, 'ringing', 1, 1, at, at, sec.me(), at, 'professionals',
    -- a child that rang sees that somebody has it; nobody else in the family sees that it rang
    case when sec.my_kind() = 'person' then array[sec.me()] else '{}'::uuid[] end);
  return sec._ring(alarm, at);
end $$;
comment on function sec.raise_alarm(uuid, uuid, text, text, uuid, timestamptz) is 'kring/duty/tests/test_alarms.py';

-- Which alarms nobody answered in time: for the job alone.
create function sec.due_alarms(at timestamptz) returns table (id uuid, family_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.family_id from public.duty_alarm a
  where a.state = 'ringing' and a.climbs_at <= at and sec.my_kind() = 'system' order by a.climbs_at
$$;
comment on function sec.due_alarms(timestamptz) is 'kring/duty/tests/test_alarms.py';

-- One rung up; after the last it begins anew. Null when it is not due (any more): two jobs at once climb one rung.
create function sec.climb_alarm(alarm uuid, at timestamptz) returns uuid[] language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a public.duty_alarm;
begin
  select * into a from public.duty_alarm where id = alarm for update;
  if not found or not coalesce(a.family_id = any (sec.my_families()), false) then
    raise exception 'not yours to ring' using errcode = '42501';
  end if;
  if a.state <> 'ringing' or a.climbs_at > at then return null; end if;
  if a.rung >= cardinality(sec._rungs()) then
    update public.duty_alarm set rung = 1, round = round + 1 where id = alarm;
  else
    update public.duty_alarm set rung = rung + 1 where id = alarm;
  end if;
  return sec._ring(alarm, at);
end $$;
comment on function sec.climb_alarm(uuid, timestamptz) is 'kring/duty/tests/test_alarms.py';

-- Rings for me: I was called, I am in the circle, or all were silent and it is my desk's.
create function sec._rings_for_me(a public.duty_alarm) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return sec.my_kind() = 'professional' and (
    exists (select from public.duty_alarmcall c where c.alarm_id = a.id and c.professional_id = sec.me())
    or exists (select from sec._memberships() m where m.family_id = a.family_id)
    or (a.round > 1 and a.desk_id = any (sec.my_desks())));
end $$;
comment on function sec._rings_for_me(public.duty_alarm) is 'kring/duty/tests/test_alarms.py';

-- Open alarms that ring for me (as above, for all at once), with no more of the family than its label; one by its id also
-- on the day it was closed, so that a notice of the night still leads somewhere in the morning.
create function sec.my_alarms(one uuid default null) returns table (
  id uuid, family_id uuid, label text, kind text, urgency text, state text, rung int, round int, raised_at timestamptz,
  climbs_at timestamptz, held_by uuid, held_at timestamptz, member boolean
) language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  me uuid := sec.me();
  desks uuid[] := sec.my_desks();
  mine uuid[] := (select coalesce(array_agg(m.family_id), '{}') from sec._memberships() m);
  asked uuid[] := case when one is not null then array[one]
    else (select coalesce(array_agg(a.id), '{}') from public.duty_alarm a where a.state <> 'closed') end;
begin
  if sec.my_kind() is distinct from 'professional' then return; end if;
  return query
    select a.id, a.family_id, f.label::text, a.kind::text, a.urgency::text, a.state::text, a.rung::int, a.round, a.raised_at,
      a.climbs_at, a.held_by_id, a.held_at, a.family_id = any (mine)
    from public.duty_alarm a join public.circle_family f on f.id = a.family_id
    where a.id = any (asked) and (a.state <> 'closed' or a.closed_at > now() - interval '24 hours')
      and (a.family_id = any (mine) or a.round > 1 and a.desk_id = any (desks)
        or exists (select from public.duty_alarmcall c where c.alarm_id = a.id and c.professional_id = me))
    order by a.state desc, a.urgency, a.raised_at;
end $$;
comment on function sec.my_alarms(uuid) is 'kring/duty/tests/test_alarms.py';

-- Whoever acknowledges gets in: as a guest on duty for some hours; without an end when the desk still holds sight on
-- safety, because then she takes it and nobody leaves with sight in the bag. Null: it does not ring for me.
create function sec.acknowledge_alarm(alarm uuid, membership uuid, at timestamptz, hours int) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a public.duty_alarm; watched_by_desk boolean;
begin
  select * into a from public.duty_alarm where id = alarm for update;
  if not found or not sec._rings_for_me(a) then return null; end if;
  select m.desk_id is not null into watched_by_desk from public.circle_circle k
    join public.circle_membership m on m.id = k.sight_owner_id where k.family_id = a.family_id;
  if a.state = 'ringing' and not exists (select from public.circle_membership m
      where m.family_id = a.family_id and m.professional_id = sec.me() and sec._is_active(m)
        and (m.until_at is null or not watched_by_desk)) then
    perform sec._insert_membership(membership, a.family_id, sec.me(), null, null, 'duty', 'emergency', 'alarm',
      case when watched_by_desk then null else at + make_interval(hours => least(hours, 72)) end,
      null, null, null, null, sec._duty_audience(), array[sec.me()]);
  end if;
  return a.family_id;
end $$;
comment on function sec.acknowledge_alarm(uuid, uuid, timestamptz, int) is 'kring/duty/tests/test_alarms.py';

create function sec._duty_audience() returns text language sql stable security definer set search_path = pg_catalog as $$
  select case when o.hidden_by_default then 'duo' else 'everyone' end
  from public.accounts_organisation o where o.id = sec._organisation_of(sec.me())
$$;
comment on function sec._duty_audience() is 'kring/duty/tests/test_alarms.py';

-- The night is over: once another has accepted sight by name, a guest on duty stays some hours to write it down.
create function sec.limit_duty(family uuid, hours int) returns void language sql volatile security definer set search_path = pg_catalog as $$
  update public.circle_membership m set until_at = now() + make_interval(hours => least(hours, 72)), version = version + 1
  where m.family_id = family and m.role = 'duty' and m.until_at is null and family = any (sec.my_families())
    and not exists (select from public.circle_circle c where c.family_id = family
      and m.id in (c.sight_owner_id, c.fixed_face_id, c.deputy_id, c.direction_by_id, c.sight_offered_to_id))
$$;
comment on function sec.limit_duty(uuid, int) is 'kring/duty/tests/test_alarms.py';

-- On duty now: on a roster, or called today for an alarm that is still open. The database's clock.
create function sec.i_am_on_duty() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select sec.my_kind() = 'professional' and (
    exists (select from public.duty_shift s where s.professional_id = sec.me() and s.starts_at <= now() and s.ends_at > now())
    or exists (select from public.duty_alarmcall c join public.duty_alarm a on a.id = c.alarm_id
               where c.professional_id = sec.me() and a.state <> 'closed' and c.called_at > now() - interval '24 hours'))
$$;
comment on function sec.i_am_on_duty() is 'kring/duty/tests/test_looking_up.py';

-- The one road to a family for who is not in its circle (harm B2): on duty, with the power, with a reason, by exact
-- identifiers. It answers one card or nothing, never a list; it makes nobody a member; it is always on the trail and
-- always judged afterwards. `reason` is sealed by Python: a dump does not show it.
create function sec.emergency_look_up(review uuid, kinds text[], hashes bytea[], reason text) returns table (outcome text, body text, built_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  families uuid[];
  part uuid[];
  home uuid := sec._organisation_of(sec.me());
  place uuid := (select o.region_id from public.accounts_organisation o where o.id = sec._organisation_of(sec.me()));
  judge uuid;
begin
  if not coalesce(sec.i_am_on_duty(), false) or not coalesce(sec.has_power('emergency_look_up'), false) then
    raise exception 'only on duty and with the power' using errcode = '42501';
  end if;
  if coalesce(reason, '') = '' or coalesce(cardinality(kinds), 0) = 0 or cardinality(kinds) <> cardinality(hashes)
     or not kinds <@ array['bsn', 'surname_birth', 'address'] then
    raise exception 'a reason and exact identifiers' using errcode = '22023';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(sec.me()::text, 21)); -- two at once count as two
  if (select count(*) from public.duty_lookupreview r where r.looker_id = sec.me() and r.looked_up_at > now() - interval '1 hour') >= 10 then
    outcome := 'too_many';
  else
    for i in 1 .. cardinality(kinds) loop
      select coalesce(array_agg(distinct k.family_id), '{}') into part from public.families_lookupkey k
        where k.kind = kinds[i] and k.hash = hashes[i];
      families := case when i = 1 then part else array(select unnest(families) intersect select unnest(part)) end;
    end loop;
    outcome := case cardinality(families) when 0 then 'none' when 1 then 'one' else 'several' end;
  end if;
  -- judged outside the team: by reviewers of the region, else by any, never by nobody
  judge := coalesce(
    (select a.organisation_id from public.accounts_appointment a join public.accounts_organisation o on o.id = a.organisation_id
      where a.role = 'reviewer' and a.organisation_id <> home order by (o.region_id = place) desc nulls last, a.organisation_id limit 1),
    home);
  insert into public.duty_lookupreview (id, version, organisation_id, looker_id, looker_organisation_id, kinds, outcome, reason,
    family_id, looked_up_at, why, shown_why)
  values (review, 1, judge, sec.me(), home, kinds, outcome, reason, case when outcome = 'one' then families[1] end, now(), '', '');
  perform trail.add('look_up', 'done', case when outcome = 'one' then families[1] end, 'duty_lookupreview', review,
    jsonb_build_object('kinds', kinds, 'outcome', outcome), 'reviewers');
  if outcome = 'one' then
    select c.body, c.built_at into body, built_at from public.duty_emergencycard c where c.family_id = families[1];
  end if;
  return next;
end $$;
comment on function sec.emergency_look_up(uuid, text[], bytea[], text) is 'kring/duty/tests/test_looking_up.py';

-- Whose family was looked up: for the job that tells the duo.
create function sec.looked_up(review uuid) returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select r.family_id from public.duty_lookupreview r where r.id = review and sec.my_kind() = 'system'
$$;
comment on function sec.looked_up(uuid) is 'kring/duty/tests/test_looking_up.py';

-- What the circle may know of look-ups: its professionals at once, the family from the day the reviewer chose (C25).
create function sec.look_ups_of(family uuid) returns table (at timestamptz, organisation text, justified boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select r.looked_up_at, o.name::text, r.justified from public.duty_lookupreview r
    join public.accounts_organisation o on o.id = r.looker_organisation_id
  where r.family_id = family and family = any (sec.my_families()) and (sec.am_staff()
    or r.shown_from <= (now() at time zone 'Europe/Amsterdam')::date)
  order by r.looked_up_at desc
$$;
comment on function sec.look_ups_of(uuid) is 'kring/duty/tests/test_reviewing.py';

-- Whether somebody answers for this family at this hour, for the family's own page: an organisation and its number,
-- never a name.
create function sec.duty_covers(family uuid, at timestamptz) returns table (organisation text, phone text, until timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select o.name::text, o.phone::text, max(s.ends_at)
  from public.duty_shift s join public.duty_roster r on r.id = s.roster_id and r.kind in ('regional', 'veilig_thuis')
    join public.accounts_organisation o on o.id = r.organisation_id
  where family = any (sec.my_families()) and s.starts_at <= at and s.ends_at > at and r.region_id = (
    select p.region_id from public.circle_membership m
      left join public.accounts_professional w on w.id = m.professional_id
      join public.accounts_organisation p on p.id = coalesce(m.desk_id, w.organisation_id)
      join public.circle_circle c on c.family_id = m.family_id
    where m.id = coalesce(c.fixed_face_id, c.sight_owner_id) and m.family_id = family)
  group by o.id, o.name, o.phone, r.kind order by r.kind
$$;
comment on function sec.duty_covers(uuid, timestamptz) is 'kring/duty/tests/test_rosters.py';
