"""A manager reads what waits for her, chooses how she is told, and proves her telephone; a teacher does so by a narrow
screen without scripts."""

from __future__ import annotations


def test_what_waits_is_read_and_how_one_is_told_is_chosen(comes):
    marian = comes("Marian Blythe")
    marian.follows("Notices")
    marian.sees("Notices", "Not read yet", "Something reached a team that you manage")
    marian.presses("Mark as read")
    marian.sees("Notices", "Read in the last 30 days")
    marian.presses("Mark all as read")
    marian.sees("Notices", "All notices are marked as read.", "Nothing waits for you that you have not read.")
    marian.follows("Choose how you are told")
    marian.sees("How you are told that something waits", "One thing cannot be switched off")
    marian.picks("Something you hold is due soon", "By e-mail, at once")
    marian.picks("Do not disturb me from", "9pm")
    marian.picks("Until", "No quiet hours")
    marian.presses("Keep my choices")
    marian.sees("How you are told that something waits", "There is a problem", "or neither.")
    marian.picks("Until", "6am")
    marian.presses("Keep my choices")
    marian.sees("How you are told that something waits", "Your choices are kept.")

    ruth = comes("Ruth Adeyemi", width=320, scripts=False)
    ruth.opens("/notices/choices/")
    ruth.sees("How you are told that something waits", "A letter was sent to you")
    ruth.picks("A letter was sent to you", "In one e-mail a day")
    ruth.presses("Keep my choices")
    ruth.sees("How you are told that something waits", "Your choices are kept.")
    ruth.follows("Add")
    ruth.sees("Your mobile telephone")
    ruth.writes("Mobile telephone number", "01632 960999")
    ruth.presses("Send me a code")
    ruth.sees("Your mobile telephone", "There is a problem", "such as 07700 900123")
    ruth.writes("Mobile telephone number", "07700 900123")
    ruth.presses("Send me a code")
    ruth.sees("Your mobile telephone", "A code is on its way to 07700900123")
    ruth.writes("The code that we sent", "1")
    ruth.presses("This is the code")
    ruth.sees("Your mobile telephone", "You can try 4 more times.")

    una = comes("Una Kelleher", width=320)
    una.opens("/workers/")
    una.follows("Messages that did not arrive")
    una.sees("Messages that did not arrive", "No message was given up.")
