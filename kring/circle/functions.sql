-- Whose families, which of them are open now, and the only writers of membership.

-- Without a search path of its own, so that it is inlined; only definer functions call it, and they have theirs.
create function sec._is_active(m public.circle_membership) returns boolean language sql stable as $$
  select m.from_at <= now() and (m.until_at is null or m.until_at > now())
$$;
comment on function sec._is_active(public.circle_membership) is 'kring/circle/tests/test_locks.py';

-- Families that this subject founded (or opened) in this very transaction and request.
create function sec._in_this_request(what text[]) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
declare me uuid := sec.me();
begin
  return (select coalesce(array_agg(e.family_id), '{}') from trail.event e
    where e.xid = pg_current_xact_id_if_assigned() and e.request = current_setting('kring.request')
      and e.action = any (what) and e.outcome = 'done' and e.subject_id = me);
end $$;
comment on function sec._in_this_request(text[]) is 'kring/circle/tests/test_locks.py';

create function sec.opened() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin return sec._in_this_request('{open,found}'); end $$;
comment on function sec.opened() is 'kring/circle/tests/test_locks.py';

-- The memberships that hold for this subject now: as a professional, as a person, or through a desk.
create function sec._memberships() returns setof public.circle_membership
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  mine sec.session := sec._session();
  desks uuid[] := case when mine.kind = 'professional' then sec._holds(mine.subject_id, 'desk') end;
begin
  if mine.kind = 'professional' then
    return query select m.* from public.circle_membership m where m.professional_id = mine.subject_id and sec._is_active(m);
    return query select m.* from public.circle_membership m where m.desk_id = any (desks) and m.until_at is null and sec._is_active(m);
  elsif mine.kind = 'person' then
    return query select m.* from public.circle_membership m where m.person_id = mine.subject_id and sec._is_active(m);
  end if;
end $$;
comment on function sec._memberships() is 'kring/circle/tests/test_locks.py';

-- The door. `wanted` is a kind of content: a membership that opens some kinds only does not show the others (B27).
-- A job has no circle: it sees what it opened by name, one family at a time. A query without a subject raises here.
create function sec.my_families(wanted text default null) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if sec.me() is null then return '{}'; end if;
  if sec.my_kind() = 'system' then return sec.opened(); end if;
  return (select coalesce(array_agg(m.family_id), '{}') from sec._memberships() m
          where wanted is null or m.opens_kinds is null or wanted = any (m.opens_kinds)) || sec._in_this_request('{found}');
end $$;
comment on function sec.my_families(text) is 'kring/circle/tests/test_locks.py';

create function sec.my_whole_families() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() = 'system' then return sec.opened(); end if;
  return (select coalesce(array_agg(m.family_id), '{}') from sec._memberships() m where m.opens_persons is null)
    || sec._in_this_request('{found}');
end $$;
comment on function sec.my_whole_families() is 'kring/circle/tests/test_locks.py';

create function sec.my_persons() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin return (select coalesce(array_agg(p), '{}') from sec._memberships() m, unnest(m.opens_persons) p); end $$;
comment on function sec.my_persons() is 'kring/circle/tests/test_locks.py';

-- Where I am fixed face, deputy, owner of sight, safety partner, or the desk that holds a new report.
create function sec.my_duo_families() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() = 'system' then return sec.opened(); end if;
  return (select coalesce(array_agg(m.family_id), '{}') from sec._memberships() m
          where m.role in ('safety_partner', 'receiving_desk', 'assessor') or exists (select from public.circle_circle c
            where c.family_id = m.family_id and m.id in (c.fixed_face_id, c.deputy_id, c.sight_owner_id)))
    || sec._in_this_request('{found}');
end $$;
comment on function sec.my_duo_families() is 'kring/circle/tests/test_locks.py';

-- Whose audience a trail row takes over: that of the membership through which its writer looks.
create function sec._audience_of(family uuid, subject uuid) returns table (audience text, audience_ids uuid[])
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return query select m.audience::text, m.audience_ids || subject from public.circle_membership m
    where m.family_id = family and (m.professional_id = subject or m.person_id = subject)
    order by m.until_at desc nulls first limit 1;
end $$;
comment on function sec._audience_of(uuid, uuid) is 'kring/accountability/tests/test_trail.py';

-- No content is read without its trail row: this writes it, and the content policies demand it.
create function sec.open_family(family uuid, what text) returns boolean language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() is distinct from 'system' and not family = any (sec.my_families()) then return false; end if;
  if not exists (select from public.circle_family f where f.id = family) then return false; end if;
  perform trail.add('open', 'done', family, 'circle_family', family, jsonb_build_object('what', left(what, 200)));
  return true;
end $$;
comment on function sec.open_family(uuid, text) is 'kring/circle/tests/test_access.py';

create function sec.found_family(family uuid, label text, desk uuid, membership uuid, circle uuid, assessed_before date) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() is null then raise exception 'nobody founds a family' using errcode = '42501'; end if;
  if sec.my_kind() = 'person' or (sec.my_kind() = 'professional' and not desk = any (sec.my_desks())) then
    raise exception 'only a desk founds a family' using errcode = '42501';
  end if;
  perform trail.add('found', 'done', family, 'circle_family', family);
  insert into public.circle_family (id, version, label, provisional) values (family, 1, label, true);
  insert into public.circle_membership (id, version, family_id, desk_id, role, ground, ground_note, from_at, end_reason, admitted_by, audience, audience_ids)
  values (membership, 1, family, desk, 'receiving_desk', 'veilig_thuis', '', now(), '', sec.me(), 'everyone', '{}');
  insert into public.circle_circle (id, version, family_id, sight_owner_id, sight_since, no_face_reason, no_face_until,
    direction, direction_since, frame, frame_since)
  values (circle, 1, family, membership, now(), 'in_assessment', assessed_before, 'family', now(), 'voluntary', now());
end $$;
comment on function sec.found_family(uuid, text, uuid, uuid, uuid, date) is 'kring/circle/tests/test_locks.py';

create function sec._insert_membership(
  membership uuid, family uuid, professional uuid, person uuid, desk uuid, role text, ground text, note text,
  until timestamptz, kinds text[], persons uuid[], domains text[], since date, heard text, heard_ids uuid[]
) returns void language sql volatile security definer set search_path = pg_catalog as $$
  insert into public.circle_membership (id, version, family_id, professional_id, person_id, desk_id, role, ground, ground_note,
    from_at, until_at, end_reason, admitted_by, opens_kinds, opens_persons, opens_domains, opens_from, audience, audience_ids)
  values (membership, 1, family, professional, person, desk, role, ground, note, now(), until, '', sec.me(), kinds, persons,
    domains, since, heard, coalesce(heard_ids, '{}'))
$$;
comment on function sec._insert_membership(uuid, uuid, uuid, uuid, uuid, text, text, text, timestamptz, text[], uuid[], text[], date, text, uuid[])
  is 'kring/circle/tests/test_locks.py';

-- Who may let somebody in: the duo, the desk that holds a report, or a job. What the law asks beyond is the action's.
create function sec.admit(
  membership uuid, family uuid, professional uuid, person uuid, desk uuid, role text, ground text, note text,
  until timestamptz, kinds text[], persons uuid[], domains text[], since date, heard text, heard_ids uuid[]
) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not coalesce(family = any (sec.my_duo_families()), false) then
    raise exception 'only the duo, the desk or a job admits a member' using errcode = '42501';
  end if;
  perform sec._insert_membership(membership, family, professional, person, desk, role, ground, note, until, kinds, persons,
    domains, since, heard, heard_ids);
end $$;
comment on function sec.admit(uuid, uuid, uuid, uuid, uuid, text, text, text, timestamptz, text[], uuid[], text[], date, text, uuid[])
  is 'kring/circle/tests/test_locks.py';

-- What somebody invited needs to answer: who asks, as what, on what ground, and the family's label.
create function sec.my_invitations() returns table (
  id uuid, family_id uuid, label text, role text, ground text, ground_note text, invited_by uuid, invited_at timestamptz, opens_kinds text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select i.id, i.family_id, f.label, i.role, i.ground, i.ground_note, i.invited_by_id, i.recorded_at, i.opens_kinds::text[]
  from public.circle_invitation i join public.circle_family f on f.id = i.family_id
  where i.professional_id = sec.me() and i.state = 'open' order by i.recorded_at
$$;
comment on function sec.my_invitations() is 'kring/circle/tests/test_actions.py';

-- Acceptance by name is what makes the member (harm B12). Returns the family.
create function sec.answer_invitation(invitation uuid, membership uuid, yes boolean) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare i public.circle_invitation;
begin
  select * into i from public.circle_invitation where id = invitation and professional_id = sec.me() and state = 'open' for update;
  if not found then raise exception 'no open invitation' using errcode = 'P0002'; end if;
  update public.circle_invitation set state = case when yes then 'accepted' else 'declined' end, answered_at = now(),
    version = version + 1 where id = invitation;
  if yes then
    perform sec._insert_membership(membership, i.family_id, i.professional_id, null, null, i.role, i.ground, i.ground_note,
      i.until_at, i.opens_kinds::text[], i.opens_persons, i.opens_domains::text[], i.opens_from, i.audience, i.audience_ids);
  end if;
  return i.family_id;
end $$;
comment on function sec.answer_invitation(uuid, uuid, boolean) is 'kring/circle/tests/test_actions.py';

-- One leaves oneself, or the duo or a job ends it. The database refuses while the circle rests on it (trigger below).
create function sec.end_membership(membership uuid, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare m public.circle_membership;
begin
  select * into m from public.circle_membership where id = membership for update;
  if not found or not coalesce(m.family_id = any (sec.my_families()), false)
     or not coalesce(m.professional_id = sec.me() or m.person_id = sec.me() or m.family_id = any (sec.my_duo_families()), false) then
    raise exception 'not yours to end' using errcode = '42501';
  end if;
  update public.circle_membership set until_at = greatest(now(), from_at), end_reason = left(why, 200), version = version + 1
    where id = membership and until_at is null or id = membership and until_at > now();
end $$;
comment on function sec.end_membership(uuid, text) is 'kring/circle/tests/test_locks.py';

-- The duo narrows or widens what a membership opens, and who may know of it.
create function sec.set_scope(membership uuid, kinds text[], persons uuid[], domains text[], since date, heard text, heard_ids uuid[])
returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  update public.circle_membership set opens_kinds = kinds, opens_persons = persons, opens_domains = domains, opens_from = since,
    audience = heard, audience_ids = coalesce(heard_ids, '{}'), version = version + 1
  where id = membership and family_id = any (sec.my_duo_families())
    -- nobody opens more than they see themselves
    and (sec.my_kind() = 'system' or exists (select from sec._memberships() own where own.family_id = circle_membership.family_id
      and (own.opens_kinds is null or kinds is not null
           and kinds <@ (own.opens_kinds::text[] || coalesce(circle_membership.opens_kinds, '{}')::text[]))));
  if not found then raise exception 'not yours to change' using errcode = '42501'; end if;
end $$;
comment on function sec.set_scope(uuid, text[], uuid[], text[], date, text, uuid[]) is 'kring/circle/tests/test_actions.py';

-- Asking for access tells the asker nothing: the same answer whatever there is.
create function sec.ask_access(request uuid, asked uuid, about text, reason text, ground text) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() is distinct from 'professional' then raise exception 'professionals only' using errcode = '42501'; end if;
  insert into public.circle_accessrequest (id, version, asked_id, asker_id, about, reason, ground)
  values (request, 1, asked, sec.me(), left(about, 300), left(reason, 300), ground);
end $$;
comment on function sec.ask_access(uuid, uuid, text, text, text) is 'kring/circle/tests/test_actions.py';

-- The three facts rest on active memberships of this family; the row locks make two simultaneous changes wait.
create function sec._facts_hold() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare part uuid; m public.circle_membership;
begin
  foreach part in array array_remove(array[new.sight_owner_id, new.fixed_face_id, new.deputy_id, new.direction_by_id, new.sight_offered_to_id], null) loop
    -- the clock, not now(): whoever left a moment ago may have begun after this transaction did
    select * into m from public.circle_membership where id = part for share;
    if m.family_id is distinct from new.family_id or not (m.until_at is null or m.until_at > clock_timestamp()) then
      raise exception 'the circle rests on a membership that has ended' using errcode = '23514', constraint = 'circle_rests_on_active_members';
    end if;
    if m.desk_id is not null and (part <> new.sight_owner_id or new.sight_accepted_at is not null) then
      raise exception 'a desk only keeps a report until somebody has it by name' using errcode = '23514', constraint = 'circle_rests_on_people';
    end if;
  end loop;
  if tg_op = 'UPDATE' and new.sight_owner_id <> old.sight_owner_id
     -- from a desk to who takes it by name; from a person only to whom that person offered it
     and (old.sight_accepted_at is not null and new.sight_owner_id is distinct from old.sight_offered_to_id
       or not exists (select from public.circle_membership s where s.id = new.sight_owner_id
       and (s.professional_id = sec.me() or s.person_id = sec.me()))) then
    raise exception 'sight passes to who accepts it by name' using errcode = '23514', constraint = 'sight_is_accepted_by_name';
  end if;
  return null;
end $$;
comment on function sec._facts_hold() is 'kring/circle/tests/test_facts.py';
drop trigger if exists facts_hold on public.circle_circle;
create trigger facts_hold after insert or update on public.circle_circle for each row execute function sec._facts_hold();

create function sec._still_needed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.until_at is not null and exists (
    select from public.circle_circle c where c.family_id = new.family_id
      and new.id in (c.sight_owner_id, c.fixed_face_id, c.deputy_id, c.direction_by_id, c.sight_offered_to_id)
      -- a guest for a term may hold a task only as long as the term
      and (old.until_at is null or new.until_at < old.until_at or new.until_at <= now())
  ) then
    raise exception 'the circle rests on this membership' using errcode = '23514', constraint = 'circle_rests_on_active_members';
  end if;
  return null;
end $$;
comment on function sec._still_needed() is 'kring/circle/tests/test_facts.py';
drop trigger if exists still_needed on public.circle_membership;
create trigger still_needed after update of until_at on public.circle_membership for each row execute function sec._still_needed();

-- What somebody does is heard by no more people than may know that she takes part (harm B4): the shelter's worker who adds
-- a phone number must not show up in everybody's list of what happened.
create function sec._narrow_happening() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare heard record;
begin
  select a.audience, a.audience_ids into heard from sec._audience_of(new.family_id, new.by_id) a;
  if heard.audience in ('duo', 'named') and new.audience in ('everyone', 'professionals') then
    new.audience := heard.audience;
    new.audience_ids := heard.audience_ids;
  end if;
  return new;
end $$;
comment on function sec._narrow_happening() is 'kring/circle/tests/test_pages.py';
drop trigger if exists narrow_happening on public.lifecycle_happening;
create trigger narrow_happening before insert on public.lifecycle_happening for each row execute function sec._narrow_happening();
