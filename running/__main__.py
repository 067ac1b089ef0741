"""`./run`, once the packages are installed."""

import sys

from running.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
