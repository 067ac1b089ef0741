"""Whole pieces of work in a real browser, each told as the people who do it would tell it."""
