"""The three facts point at memberships of the same family: the database's word, not the code's."""

from django.db import migrations

COLUMNS = ("sight_owner_id", "sight_offered_to_id", "fixed_face_id", "deputy_id", "direction_by_id")
ADD = "alter table circle_circle add constraint {0}_in_family foreign key (family_id, {0}) references circle_membership (family_id, id) deferrable initially deferred"


class Migration(migrations.Migration):
    dependencies = [("circle", "0001_initial"), ("accountability", "0001_initial")]
    operations = [migrations.RunSQL(ADD.format(column), migrations.RunSQL.noop) for column in COLUMNS]
