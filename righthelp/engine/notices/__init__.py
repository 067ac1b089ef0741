"""Telling people that something waits: what gives a notice, what is due, and how it reaches whom it is for."""
