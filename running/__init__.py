"""The two commands: what `./run` and `./test` do once Python and the locked packages are there.

Nothing of righthelp imports this. It starts PostgreSQL and the web server, and hands everything else to
Django's own commands.
"""
