"""How often somebody may ask: counted by the minute, for all servers together, outside any transaction."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MINUTE = 60


def too_often(what: str, whose: str, most: int) -> int:
    """Count this asking. Nothing (0) while it may be answered, else the seconds after which to ask again."""
    now = time.time()
    key = _key(what, whose, now)
    done = cache.get(key, 0) + 1
    cache.set(key, done, timeout=2 * MINUTE)
    return 0 if done <= most else _left(now)


def spent(what: str, whose: str, most: int) -> int:
    """As `too_often`, without counting."""
    now = time.time()
    return 0 if cache.get(_key(what, whose, now), 0) < most else _left(now)


def _key(what: str, whose: str, now: float) -> str:
    # Whose it is may be an address: that is kept nowhere.
    return f"api:{what}:{int(now // MINUTE)}:{salted_hmac('api', whose).hexdigest()}"


def _left(now: float) -> int:
    return MINUTE - int(now % MINUTE)
