"""`./test` also looks for secrets in what is committed, and for known faults in what we depend on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from running.places import ROOT
from running.terminal import say

NOT_RUN = 77  # as test programs say that they could not do their work: neither passed nor failed
REVIEWED = ".secrets.baseline"  # what looks like a secret and was looked at: none of it is one
# Digests of packages by the thousand; none is ours.
LOCKS = {"uv.lock", "package-lock.json", REVIEWED}


def main(words: list[str]) -> int:
    """One of the scans, by its name."""
    return {"secrets": secrets, "dependencies": dependencies}[words[0]]()


def secrets() -> int:
    """0 when nothing that looks like a password, key or token is among the files, but what was reviewed."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        say("Not run: this is no git checkout, so nobody can say which files are committed.")
        return NOT_RUN
    files = [name for name in listed.stdout.split("\0") if name and name not in LOCKS and (ROOT / name).is_file()]
    from detect_secrets.core import baseline
    from detect_secrets.core.secrets_collection import SecretsCollection
    from detect_secrets.settings import default_settings

    with default_settings():
        found = SecretsCollection()
        for name in files:
            found.scan_file(name)
        # Compared by file and by the digest of what was found: a line may move.
        fresh = found - baseline.load(baseline.load_from_file(str(ROOT / REVIEWED)))
    for name, one in fresh:
        print(f"{name}:{one.line_number}: {one.type}")
    if fresh:
        say(
            f"This looks like a secret. If it is none: .venv/bin/detect-secrets scan FILES > {REVIEWED}, and review it."
        )
        return 1
    print(f"{len(files)} files, and no secret in them.")
    return 0


def dependencies() -> int:
    """0 when no package of the lock file is in a list of known faults; `NOT_RUN` where that list cannot be asked."""
    uv = os.environ.get("RIGHTHELP_UV") or shutil.which("uv") or ""
    if not Path(uv).is_file():
        say("Not run: uv is not here.")
        return NOT_RUN
    command = [uv, "audit", "--frozen", "--preview-features", "audit-command"]
    environment = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_HTTP_RETRIES": "0"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    told = (ran.stdout + ran.stderr).strip()
    if ran.returncode and any(sign in told for sign in ("error sending request", "dns error", "Connect")):
        say("Not run: the list of known faults (osv.dev) cannot be reached from here.")
        return NOT_RUN
    print(told)
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
