"""No query without a viewer: who is looking, why, and what they may see.

Two locks from one declaration. The first is the guarded manager: a query with no viewer raises, and a query with
one starts from the rows that the viewer may see. The second is PostgreSQL's row-level security, made from the same
rules (`rules.py`), because the first lock sees only the table that a query starts from.
"""
