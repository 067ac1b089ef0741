"""For each rule a return that breaks it and nothing else, and one that only just does not."""

from righthelp.returns.cin.rules.tests.examples import assessments, children, conferences, episodes, plans, whole, years

EXAMPLES = [
    *children.EXAMPLES,
    *episodes.EXAMPLES,
    *assessments.EXAMPLES,
    *conferences.EXAMPLES,
    *plans.EXAMPLES,
    *whole.EXAMPLES,
    *years.EXAMPLES,
]
