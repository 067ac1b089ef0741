"""What each return changed: a file a year, holding only the rules that it added or put in the place of others."""

from righthelp.returns.cin.rules.years import to_2024, to_2025, to_2027

__all__ = ["to_2024", "to_2025", "to_2027"]
