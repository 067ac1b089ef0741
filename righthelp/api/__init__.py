"""How partners' own systems send what their workers would type: keys, worries, police notifications, a description.

A program comes in by the door that people use: the same steps, rules, sight and log. Nothing here is a second way to
write the record.
"""
