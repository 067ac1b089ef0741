"""The whole under one county's pack: whichever the environment names, the invented one included."""
