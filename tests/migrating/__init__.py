"""A county's database is years old: what changes in it is added, over the rows that are there."""
