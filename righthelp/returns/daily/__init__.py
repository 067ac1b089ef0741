"""What the Department for Education is sent each day of children in social care: its data API, schema 1.0.1.

A council sends a child as soon as something about them changes, and nothing of those of whom nothing did. The payload
is drawn from the Standard Safeguarding Dataset, which was made to be its source; what is held of a child here is sent,
what is not is left out, and nothing is invented.

Of the API itself only the schema is confirmed (`schema.json`). How it is called is taken from the client that councils
share (Data to Insight, 2025), and is told with what is not confirmed in `docs/guides/daily-and-ssd.md`.
"""
