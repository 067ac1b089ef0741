"""`python -m righthelp.packs check` tells every fault of packs; `issue` writes new codes into a ledger.

Every county's pack is checked when none is named. Ends with 1 when there is a fault.
"""

import argparse
import sys
from datetime import date

from righthelp.packs import loading


def main(words: list[str]) -> int:
    """Runs one command, and gives the number with which the program ends."""
    parser = argparse.ArgumentParser(prog="python -m righthelp.packs", description="Check reference packs.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="tell every fault of packs, by file and line")
    checking.add_argument("packs", nargs="*", metavar="PACK")
    issuing = commands.add_parser("issue", help="write a pack's new codes into its ledger; they are then permanent")
    issuing.add_argument("pack", metavar="PACK")
    issuing.add_argument("--on", required=True, type=date.fromisoformat, help="the day they were first given out")
    asked = parser.parse_args(words)
    if asked.command == "issue":
        added = loading.issue(asked.pack, asked.on)
        sys.stdout.write(f"{len(added)} codes written down.\n")
        return 0
    faults = sorted({fault for name in asked.packs or loading.names() for fault in loading.check(name)})
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) or "No faults.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
