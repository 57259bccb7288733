"""The trail: who saw or changed what. No door has a right on these tables; definer functions alone write them."""

from django.db import migrations

FORWARD = """
create table trail.event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp(),
  subject_id uuid,
  subject_kind text,
  organisation_id uuid,
  purpose text,
  request text,
  action text not null,
  outcome text not null,
  family_id uuid,
  object_type text,
  object_id uuid,
  audience text not null default 'everyone',
  audience_ids uuid[] not null default '{}',
  payload_digest bytea,
  leaf bytea not null
);
create index on trail.event (xid);
create index on trail.event (family_id, at desc) where family_id is not null;
create index on trail.event (subject_id, at desc);
-- What a row says beyond its header (names of changed fields, a reason). It may be destroyed; the digest stays.
create table trail.payload (
  event_id bigint primary key references trail.event,
  salt bytea not null,
  body jsonb not null
);
-- The log over the leaves: an event gets its place when every earlier transaction has ended.
create table trail.leaf_index (leaf_ix bigint primary key, event_id bigint unique not null references trail.event);
create table trail.checkpoint (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null default clock_timestamp(),
  note text not null
);
-- Roots of complete subtrees, at every eighth level: what a proof is made from without reading the whole log.
create table trail.node (level smallint, ix bigint, hash bytea not null, primary key (level, ix));
alter table trail.node owner to kring_sec;
alter table trail.event owner to kring_sec;
alter table trail.payload owner to kring_sec;
alter table trail.leaf_index owner to kring_sec;
alter table trail.checkpoint owner to kring_sec;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("locks", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
