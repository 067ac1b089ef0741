"""Words that are nearly those of a listing: PostgreSQL's trigrams, and an index for them."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """The extension is one that the owner of a database may add."""

    dependencies = [("service_listing", "0001_initial")]
    operations = [TrigramExtension()]
