"""The Standard Safeguarding Dataset (version 1.4.5): what councils hold of children's social care, in one shape.

It was designed by councils with Data to Insight; returns and comparisons are made from it, and so is what the
Department is sent each day. `standard.csv` holds its tables and fields, `mapping.yaml` says what each is filled from.
"""
