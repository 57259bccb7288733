"""Whatever points at a member or a household points within its own family: the database's word, not the code's."""

from django.db import migrations

MEMBERS = {
    "families_familymember": "merged_into_id",
    "families_citizennumber": "member_id",
    "families_membermerge": "kept_id merged_id",
    "families_personlink": "member_id",
    "families_residence": "member_id",
    "families_placeclue": "member_id",
    "families_safecontact": "member_id",
    "families_relation": "member_id other_id",
    "families_authority": "child_id",
}
HOUSEHOLDS = {
    "families_residence": "household_id",
    "families_address": "household_id",
    "families_secretaddress": "household_id",
    "families_doordanger": "household_id",
}
ADD = "alter table {0} add constraint {1}_in_family foreign key (family_id, {1}) references {2} (family_id, id) deferrable initially deferred"


def statements(tables, target):
    return [ADD.format(table, column, target) for table, columns in tables.items() for column in columns.split()]


class Migration(migrations.Migration):
    dependencies = [("families", "0001_initial")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in [*statements(MEMBERS, "families_familymember"), *statements(HOUSEHOLDS, "families_household")]
    ]
