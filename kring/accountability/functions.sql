-- The trail is written here and nowhere else, in the same transaction as what it tells.
-- The header's canonical form: version byte, then each field with its length (null is length -1), so that no two
-- different rows have one form. kring/accountability/canonical.py works it out again, independently.

create function trail.field(value text) returns bytea language sql immutable parallel safe as $$ -- inlined in the leaf
  select case when value is null then '\xffffffff'::bytea
         else int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') end
$$;
comment on function trail.field(text) is 'kring/accountability/tests/test_trail.py';

create function trail.leaf(e trail.event) returns bytea language sql stable as $$
  select sha256('\x0001'::bytea
    || trail.field(e.id::text) || trail.field(e.xid::text)
    || trail.field(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))
    || trail.field(e.subject_id::text) || trail.field(e.subject_kind) || trail.field(e.organisation_id::text)
    || trail.field(e.purpose) || trail.field(e.request) || trail.field(e.action) || trail.field(e.outcome)
    || trail.field(e.family_id::text) || trail.field(e.object_type) || trail.field(e.object_id::text)
    || trail.field(e.audience) || trail.field(array_to_string(e.audience_ids, ','))
    || trail.field(encode(e.payload_digest, 'hex')))
$$;
comment on function trail.leaf(trail.event) is 'kring/accountability/tests/test_trail.py';

create function trail.stamp() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.leaf := trail.leaf(new);
  return new;
end $$;
comment on function trail.stamp() is 'kring/accountability/tests/test_trail.py';
drop trigger if exists stamp on trail.event;
create trigger stamp before insert on trail.event for each row execute function trail.stamp();

create function trail.narrowness(audience text) returns int language sql immutable set search_path = pg_catalog as $$
  select coalesce(array_position('{everyone,professionals,duo,named,reviewers}', audience), 1)
$$;
comment on function trail.narrowness(text) is 'kring/accountability/tests/test_trail.py';

create function trail.add(
  action text, outcome text, family uuid default null, object_type text default null, object_id uuid default null,
  body jsonb default null, audience text default null, audience_ids uuid[] default null
) returns bigint language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  who sec.session := sec._session();
  salt bytea := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
  scope record;
  made bigint;
begin
  -- A row is heard by whom its writer is: the shelter worker's look is hidden where her membership is (harm B4).
  -- What the row itself says may only narrow that.
  select a.audience, a.audience_ids into scope from sec._audience_of(family, who.subject_id) a;
  if audience is null or trail.narrowness(scope.audience) > trail.narrowness(audience) then
    audience := coalesce(scope.audience, audience); audience_ids := scope.audience_ids;
  end if;
  insert into trail.event (subject_id, subject_kind, organisation_id, purpose, request, action, outcome, family_id,
    object_type, object_id, audience, audience_ids, payload_digest, leaf)
  values (who.subject_id, coalesce(who.kind, session_user::text), sec._organisation_of(who.subject_id), nullif(current_setting('kring.purpose', true), ''),
    nullif(current_setting('kring.request', true), ''), action, outcome, family, object_type, object_id,
    coalesce(audience, 'everyone'), coalesce(audience_ids, '{}'),
    case when body is not null then sha256(salt || convert_to(body::text, 'UTF8')) end, '')
  returning id into made;
  if body is not null then insert into trail.payload values (made, salt, body); end if;
  return made;
end $$;
comment on function trail.add(text, text, uuid, text, uuid, jsonb, text, uuid[]) is 'kring/accountability/tests/test_trail.py';

-- Fires on every table with a lock: what was added, changed (which fields, never their text) or removed.
create function trail.changed() returns trigger language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  fresh jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  old_one jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  any_row jsonb := coalesce(fresh, old_one);
  fields jsonb;
  hidden text := any_row ->> 'audience';
begin
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_agg(key order by key), '[]') into fields from jsonb_each(fresh) where value is distinct from old_one -> key;
    if fields = '[]' then return null; end if;
  end if;
  perform trail.add(lower(tg_op), 'done', case when tg_argv[0] <> '' then (any_row ->> tg_argv[0])::uuid end,
    tg_table_name, (any_row ->> 'id')::uuid, case when fields is not null then jsonb_build_object('fields', fields) end,
    case when hidden <> 'everyone' then hidden end,
    case when hidden <> 'everyone' then array(select jsonb_array_elements_text(any_row -> 'audience_ids')::uuid) end);
  return null;
end $$;
comment on function trail.changed() is 'kring/accountability/tests/test_trail.py';

-- A refusal is written after the rollback of the page that was refused, in its own transaction.
create function sec.refused(family uuid, what text) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform trail.add('read', 'refused', family, null, null, jsonb_build_object('what', left(what, 200)), 'reviewers');
end $$;
comment on function sec.refused(uuid, text) is 'kring/circle/tests/test_access.py';

-- An act that has no row of its own: an export, a print, a look at the trail itself.
create function sec.note(what text, family uuid, object_type text, object_id uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if family is not null and not family = any (sec.my_families()) then raise exception 'not yours' using errcode = '42501'; end if;
  perform trail.add(left(what, 60), 'done', family, object_type, object_id);
end $$;
comment on function sec.note(text, uuid, text, uuid) is 'kring/accountability/tests/test_trail.py';

-- Who looked or changed, one row a person a day, as far as this viewer may hear it (audience per row, harm B4).
-- A membership that is hidden from the viewer today hides its older rows too: the flight came after the look.
create function sec.trail_of(family uuid, skip int, most int) returns table (
  on_day date, subject_id uuid, subject_kind text, name text, organisation text, acts text[],
  looked_for text[], first_at timestamptz, last_at timestamptz, total bigint
) language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  me uuid := sec.me();
  professional boolean := sec.am_professional();
  duo boolean := family = any (sec.my_duo_families());
  hidden uuid[] := (select coalesce(array_agg(coalesce(m.professional_id, m.person_id)), '{}') from public.circle_membership m
    where m.family_id = family and m.desk_id is null and not sec._hears(m.audience::text, m.audience_ids, me, professional, duo));
begin
  if not coalesce(family = any (sec.my_families()), false) then return; end if;
  return query
    with lines as materialized (
      select (e.at at time zone 'Europe/Amsterdam')::date as day, e.subject_id as who, e.subject_kind as kind, e.organisation_id as place,
        array_agg(distinct e.action) as did,
        coalesce(array_agg(distinct p.body ->> 'what') filter (where e.action = 'open' and p.body ? 'what'), '{}') as what_for,
        min(e.at) as first, max(e.at) as last, count(*) over () as lines
      from trail.event e left join trail.payload p on p.event_id = e.id
      where e.family_id = family and e.outcome <> 'refused' and (e.subject_id = me
        or sec._hears(e.audience, e.audience_ids, me, professional, duo) and (e.subject_id = any (hidden)) is not true)
      group by day, e.subject_id, e.subject_kind, e.organisation_id
      order by max(e.at) desc, e.subject_id offset greatest(skip, 0) limit least(most, 500)
    )
    select l.day, l.who, l.kind, sec._shown_name(l.who),
      (select o.name::text from public.accounts_organisation o where o.id = l.place), l.did, l.what_for, l.first, l.last, l.lines
    from lines l order by l.last desc, l.who;
end $$;
comment on function sec.trail_of(uuid, int, int) is 'kring/accountability/tests/test_who_looked.py';

-- Inlined in the two queries above, which know who listens.
create function sec._hears(audience text, audience_ids uuid[], me uuid, professional boolean, duo boolean) returns boolean
language sql immutable as $$
  select audience = 'everyone' or audience = 'professionals' and professional or audience = 'duo' and duo
    or coalesce(me = any (audience_ids), false)
$$;
comment on function sec._hears(text, uuid[], uuid, boolean, boolean) is 'kring/accountability/tests/test_who_looked.py';

-- The log over the leaves ---------------------------------------------------------------------------------------------

-- A row gets its place once no transaction that began earlier can still commit; then no row can ever come before it.
-- ("id above the last one" missed 22 percent of the rows when measured.) One at a time, in order, without gaps.
create function sec.trail_extend(most int, out place bigint, out leaf bytea) returns setof record
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare size bigint; reached xid8;
begin
  perform pg_advisory_xact_lock(hashtext('kring.trail'));
  select l.leaf_ix + 1, e.xid into size, reached from trail.leaf_index l join trail.event e on e.id = l.event_id
    order by l.leaf_ix desc limit 1;
  return query
    with fresh as materialized (
      select e.id, e.leaf, coalesce(size, 0) - 1 + row_number() over (order by e.xid, e.id) as ix from trail.event e
      where e.xid < pg_snapshot_xmin(pg_current_snapshot()) and e.xid >= coalesce(reached, '0'::xid8)
        and not exists (select from trail.leaf_index l where l.event_id = e.id)
      order by e.xid, e.id limit most),
    placed as (insert into trail.leaf_index (leaf_ix, event_id) select f.ix, f.id from fresh f)
    select f.ix, f.leaf from fresh f order by f.ix;
end $$;
comment on function sec.trail_extend(int) is 'kring/accountability/tests/test_log.py';

create function sec.trail_size() returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(max(l.leaf_ix) + 1, 0) from trail.leaf_index l
$$;
comment on function sec.trail_size() is 'kring/accountability/tests/test_log.py';

-- Hashes only: of rows (level 0) or of kept subtrees. They tell nobody what was done.
create function sec.trail_hashes(wanted int, first bigint, most int) returns table (hash bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select found.hash from (
    select l.leaf_ix as ix, e.leaf as hash from trail.leaf_index l join trail.event e on e.id = l.event_id
      where wanted = 0 and l.leaf_ix >= first and l.leaf_ix < first + least(most, 256)
    union all
    select n.ix, n.hash from trail.node n
      where wanted > 0 and n.level = wanted and n.ix >= first and n.ix < first + least(most, 256)
  ) found order by found.ix
$$;
comment on function sec.trail_hashes(int, bigint, int) is 'kring/accountability/tests/test_log.py';

create function sec.trail_keep(level int, first bigint, hashes bytea[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into trail.node (level, ix, hash) select level, first + h.place - 1, h.hash from unnest(hashes) with ordinality h (hash, place)
$$;
comment on function sec.trail_keep(int, bigint, bytea[]) is 'kring/accountability/tests/test_log.py';

create function sec.trail_checkpoint(size bigint, root bytea, note text) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into trail.checkpoint (size, root, note) values (size, root, note)
$$;
comment on function sec.trail_checkpoint(bigint, bytea, text) is 'kring/accountability/tests/test_log.py';

-- The signed checkpoint of this size, or the last one: made to be shown to anybody.
create function sec.trail_note(wanted bigint default null) returns text language sql stable security definer set search_path = pg_catalog as $$
  select c.note from trail.checkpoint c where wanted is null or c.size = wanted order by c.size desc limit 1
$$;
comment on function sec.trail_note(bigint) is 'kring/accountability/tests/test_witness.py';

-- A witness's line under a checkpoint. Who reads it checks the signature; so nobody gains by a false one.
create function sec.trail_cosign(wanted bigint, line text) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  with signed as (update trail.checkpoint c set note = c.note || line
    where c.size = wanted and octet_length(line) < 400 and octet_length(c.note) < 8000 and position(line in c.note) = 0 returning 1)
  select exists (select from signed)
$$;
comment on function sec.trail_cosign(bigint, text) is 'kring/accountability/tests/test_witness.py';

-- Every row with its place and payload, for who checks the whole log (`kring verify_trail`).
create function sec.trail_rows(after bigint, most int) returns table (
  id bigint, xid text, at timestamptz, subject_id uuid, subject_kind text, organisation_id uuid, purpose text, request text,
  action text, outcome text, family_id uuid, object_type text, object_id uuid, audience text, audience_ids uuid[],
  payload_digest bytea, leaf bytea, place bigint, salt bytea, body text
) language sql stable security definer set search_path = pg_catalog as $$
  select e.id, e.xid::text, e.at, e.subject_id, e.subject_kind, e.organisation_id, e.purpose, e.request, e.action, e.outcome,
    e.family_id, e.object_type, e.object_id, e.audience, e.audience_ids, e.payload_digest, e.leaf, l.leaf_ix, p.salt, p.body::text
  from trail.event e left join trail.leaf_index l on l.event_id = e.id left join trail.payload p on p.event_id = e.id
  where e.id > after order by e.id limit most
$$;
comment on function sec.trail_rows(bigint, int) is 'kring/accountability/tests/test_tampering.py';

create function sec.trail_notes() returns table (size bigint, note text) language sql stable security definer set search_path = pg_catalog as $$
  select c.size, c.note from trail.checkpoint c order by c.size
$$;
comment on function sec.trail_notes() is 'kring/accountability/tests/test_tampering.py';

-- Writing the log and reading it whole is the jobs role's alone.
-- grant: revoke all on function sec.trail_extend(int), sec.trail_keep(int, bigint, bytea[]), sec.trail_checkpoint(bigint, bytea, text), sec.trail_rows(bigint, int), sec.trail_notes() from kring_app
