-- The public page's letterbox: who has the code is let through, and nobody reads the tables. Each answers one code only.

create function sec.ask_advice(advice uuid, desk uuid, asker text, question text, asked timestamptz, due date, code bytea)
returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if sec.my_kind() is distinct from 'reporter' then raise exception 'the public page only' using errcode = '42501'; end if;
  insert into public.intake_advicequestion (id, version, organisation_id, road, asker, question, asked_at, due_on, answer, code_hash)
  values (advice, 1, desk, 'public', asker, left(question, 4000), asked, due, '', code);
end $$;
comment on function sec.ask_advice(uuid, uuid, text, text, timestamptz, date, bytea) is 'kring/intake/tests/test_advice.py';

create function sec.advice_behind(code bytea) returns table (question text, asked_at timestamptz, answer text, answered_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select a.question, a.asked_at, a.answer, a.answered_at from public.intake_advicequestion a where a.code_hash = code
$$;
comment on function sec.advice_behind(bytea) is 'kring/intake/tests/test_advice.py';

-- The asker says that the question becomes part of a report. The question learns that, and not of which family.
create function sec.join_advice(code bytea) returns table (question text, asked_at timestamptz, answer text, answered_at timestamptz)
language sql volatile security definer set search_path = pg_catalog as $$
  update public.intake_advicequestion a set joined_at = now(), version = version + 1
  where a.code_hash = code and sec.me() is not null
  returning a.question, a.asked_at, a.answer, a.answered_at
$$;
comment on function sec.join_advice(bytea) is 'kring/intake/tests/test_advice.py';

create function sec.keep_draft(draft uuid, kind text, code bytea, sealed text, until timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from public.intake_draft where expires_at < now() or code_hash = code;
  insert into public.intake_draft (id, version, form, code_hash, body, expires_at) values (draft, 1, kind, code, sealed, until);
$$;
comment on function sec.keep_draft(uuid, text, bytea, text, timestamptz) is 'kring/intake/tests/test_public.py';

create function sec.draft_behind(code bytea) returns table (form text, body text)
language sql stable security definer set search_path = pg_catalog as $$
  select d.form, d.body from public.intake_draft d where d.code_hash = code and d.expires_at > now()
$$;
comment on function sec.draft_behind(bytea) is 'kring/intake/tests/test_public.py';

create function sec.drop_draft(code bytea) returns void language sql volatile security definer set search_path = pg_catalog as $$
  delete from public.intake_draft where code_hash = code
$$;
comment on function sec.drop_draft(bytea) is 'kring/intake/tests/test_public.py';

-- Only for a report that this subject opened or founded in this very request.
create function sec.write_receipt(receipt uuid, report uuid, code bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not exists (select from public.intake_concernreport r where r.id = report and r.family_id = any (sec.opened())) then
    raise exception 'not yours' using errcode = '42501';
  end if;
  insert into public.intake_receipt (id, version, code_hash, report_id) values (receipt, 1, code, report);
end $$;
comment on function sec.write_receipt(uuid, uuid, bytea) is 'kring/intake/tests/test_public.py';

-- What the reporter may know: that it came in, that somebody has it, and what was left under the code. No name.
-- Held is told of this report alone: who already watches a known family would tell the reporter that it is known.
create function sec.receipt_behind(code bytea) returns table (received_at timestamptz, held boolean, decided boolean, feedback text[])
language sql stable security definer set search_path = pg_catalog as $$
  select r.received_at, r.assessor_id is not null
      or exists (select from public.duty_alarm a where a.id = any (r.alarm_ids) and a.held_by_id is not null), r.outcome <> '',
    coalesce((select array_agg(f.text order by f.moment) from public.intake_feedback f where f.report_id = r.id and f.how = 'code'), '{}')
  from public.intake_receipt t join public.intake_concernreport r on r.id = t.report_id
  where t.code_hash = code
$$;
comment on function sec.receipt_behind(bytea) is 'kring/intake/tests/test_public.py';

-- Who opened this family since a moment, for a breach note: everybody, but without the name of who is hidden from the asker.
create function sec.who_opened(family uuid, since timestamptz) returns table (
  subject_id uuid, subject_kind text, organisation_id uuid, first_at timestamptz, last_at timestamptz, times bigint
) language sql stable security definer set search_path = pg_catalog as $$
  select case when heard then e.subject_id end, e.subject_kind, case when heard then e.organisation_id end, min(e.at), max(e.at), count(*)
  from (select t.*, (t.audience in ('everyone', 'professionals') or sec.me() = any (t.audience_ids) or t.subject_id = sec.me()) as heard
        from trail.event t
        where t.family_id = family and t.action in ('open', 'emergency') and t.outcome = 'done' and t.at >= since) e
  where family = any (sec.my_duo_families())
  group by e.subject_id, heard, e.subject_kind, e.organisation_id
  order by min(e.at)
$$;
comment on function sec.who_opened(uuid, timestamptz) is 'kring/intake/tests/test_wrong_family.py';

-- A report leaves the family it does not belong to: what happened to it goes along, so that no line of it stays (harm B15).
create function sec.take_out_report(report uuid, wrong uuid, rightful uuid, alarms uuid[]) returns int
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare moved int;
begin
  if not (wrong = any (sec.opened()) and rightful = any (sec.opened()) and wrong = any (sec.my_duo_families())) then
    raise exception 'not yours' using errcode = '42501';
  end if;
  update public.lifecycle_happening set family_id = rightful where family_id = wrong and payload ->> 'report_id' = report::text;
  get diagnostics moved = row_count;
  -- What was written under this report of people whom it is not about belongs to neither family.
  delete from public.intake_postponement p using public.intake_telling t, public.families_familymember m
    where p.telling_id = t.id and t.report_id = report and m.id = t.member_id and m.family_id <> rightful;
  delete from public.intake_telling t using public.families_familymember m
    where t.report_id = report and m.id = t.member_id and m.family_id <> rightful;
  delete from public.intake_safetyassessment a using public.families_familymember m
    where a.report_id = report and m.id = a.member_id and m.family_id <> rightful;
  update public.lifecycle_transition set family_id = rightful where family_id = wrong and thing_id = report;
  update public.duty_alarm set family_id = rightful where family_id = wrong and id = any (alarms);
  update public.duty_alarmcall set family_id = rightful where family_id = wrong and alarm_id = any (alarms);
  update public.lifecycle_happening set family_id = rightful where family_id = wrong and payload ->> 'alarm_id' = any (alarms::text[]);
  return moved;
end $$;
comment on function sec.take_out_report(uuid, uuid, uuid, uuid[]) is 'kring/intake/tests/test_wrong_family.py';

-- Every night, for jobs only: drafts past their week, questions past their term.
create function sec.forget_letterbox(asked_before date) returns int language plpgsql volatile security definer set search_path = pg_catalog as $$
declare gone int; more int;
begin
  if sec.my_kind() is distinct from 'system' then raise exception 'jobs only' using errcode = '42501'; end if;
  delete from public.intake_draft where expires_at < now();
  get diagnostics gone = row_count;
  delete from public.intake_advicequestion where (asked_at at time zone 'Europe/Amsterdam')::date < asked_before;
  get diagnostics more = row_count;
  return gone + more;
end $$;
comment on function sec.forget_letterbox(date) is 'kring/intake/tests/test_retention.py';

-- Somebody joined a family while a report runs: this person hears it too, whoever wrote the name down. The lock makes who
-- decides or closes at this moment go first, or see this person.
create function sec.must_hear_too(family uuid, member uuid, due date) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not family = any (sec.opened()) then raise exception 'not yours' using errcode = '42501'; end if;
  perform from public.intake_concernreport r where r.family_id = family order by r.id for update;
  if not exists (select from public.families_familymember m where m.id = member and m.family_id = family
                 and m.standing = 'member' and m.merged_into_id is null and m.died_on is null) then return; end if;
  insert into public.intake_telling (id, version, family_id, report_id, member_id, due_on, times_postponed, how, told_words, audience, audience_ids)
  select gen_random_uuid(), 1, family, r.id, member, due, 0, '', '', 'professionals', '{}'
    from public.intake_concernreport r where r.family_id = family and r.state <> 'closed'
  on conflict (report_id, member_id) do nothing;
  update public.intake_concernreport r set tell_by = least(r.tell_by, due), version = r.version + 1
    where r.family_id = family and r.state <> 'closed' and r.tell_by is distinct from least(r.tell_by, due)
      and exists (select from public.intake_telling t where t.report_id = r.id and t.member_id = member and t.told_at is null);
end $$;
comment on function sec.must_hear_too(uuid, uuid, date) is 'kring/intake/tests/test_actions.py';
