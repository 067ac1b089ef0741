"""Words and arithmetic that every other room stands on: calendars, lengths, timing, dates as written,
identifiers.

Pure Python. Nothing here imports Django, reads a file, asks a database or asks what day it is today.
"""
