"""What the county publishes of its measures: counted once, protected as a whole, frozen, beside the live figure.

cells        the rows of each measure, sorted into the cells of a release: each month, each place, yes and no
protecting   what is shown of each cell, so that nobody works out the few (`kernel.suppression`, decision 38)
wording      what a reader reads of what is shown: a number, a share, a middle
counting     the rows of a release, for its page (`processes.statistics_release`)
beside       the live figure beside the published one, and what changed since
"""
