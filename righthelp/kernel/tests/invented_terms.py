"""An invented county's term dates, for tests: one school year and the summer holidays at both its ends."""

from datetime import date

from righthelp.kernel.terms import ClosedPeriod, TermTable

INVENTED = TermTable(
    "Elsewhere",
    date(2023, 7, 1),
    date(2024, 9, 30),
    (
        ClosedPeriod(date(2023, 7, 22), date(2023, 9, 4), "summer holiday"),
        ClosedPeriod(date(2023, 10, 28), date(2023, 11, 5), "autumn half term", ends_term=False),
        ClosedPeriod(date(2023, 12, 22), date(2024, 1, 7), "Christmas holiday"),
        ClosedPeriod(date(2024, 2, 10), date(2024, 2, 18), "spring half term", ends_term=False),
        ClosedPeriod(date(2024, 3, 28), date(2024, 4, 14), "Easter holiday"),
        ClosedPeriod(date(2024, 5, 25), date(2024, 6, 2), "summer half term", ends_term=False),
        ClosedPeriod(date(2024, 7, 24), date(2024, 9, 2), "summer holiday"),
    ),
)
