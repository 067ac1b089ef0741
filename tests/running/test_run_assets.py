"""What may not be copied is not copied."""

import pytest

from running.assets import FILES, IMAGES, PACKAGES, copy, style
from running.terminal import Refused

FONT = (
    "/*! Copyright (c) 2011 by Margaret Calvert. */"
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
)
TEXT = ".govuk-body{font-family:GDS Transport,arial,sans-serif;color:#0b0c0c}"
ARMS = (
    ".logo:before{background:url(/assets/images/govuk-crest.svg)}"
    "@supports (mask-position:initial){.logo:before{mask:url(/assets/images/govuk-crest.svg)}}"
)
ICON = ".moj-filter{background-image:url(/assets/images/icon.svg)}"
PRINT = "@media print{.govuk-body{color:#000}}"


def test_the_typeface_crown_and_arms_go_and_the_rest_stays():
    styled = style(FONT + TEXT + ARMS + ICON + PRINT)
    assert "GDS" not in styled
    assert "font-face" not in styled
    assert "crest" not in styled
    assert styled.startswith(".govuk-body{font-family:system-ui,")
    assert styled.endswith(".moj-filter{background-image:url(images/icon.svg)}" + PRINT)


@pytest.mark.parametrize("left", ["body{}/* GDS transport */", "a{b:url(/elsewhere/x.svg)}"])
def test_what_is_left_over_stops_the_copying(left):
    with pytest.raises(Refused, match="not ours to use"):
        style(left)


def test_files_get_plain_names_their_images_and_licences_and_no_maps(tmp_path):
    packages, into = tmp_path / "node_modules", tmp_path / "vendor"
    for package in PACKAGES:
        (packages / package).mkdir(parents=True)
        (packages / package / "LICENSE").write_text(f"The licence of {package}")
    for name, source in FILES.items():
        (packages / source).parent.mkdir(parents=True, exist_ok=True)
        kind = "/*# sourceMappingURL=x.map */" if name.endswith(".css") else "//# sourceMappingURL=x.map"
        (packages / source).write_text((ICON if name.endswith(".css") else "let a=1;") + kind)
    (packages / IMAGES).mkdir(parents=True)
    (packages / IMAGES / "icon.svg").write_text("<svg/>")
    (packages / IMAGES / "govuk-crest.svg").write_text("<svg/>")
    copy(packages, into)
    assert {path.name for path in into.iterdir()} == {*FILES, "images", "LICENCES.txt"}
    assert [path.name for path in (into / "images").iterdir()] == ["icon.svg"]
    assert all("sourceMappingURL" not in (into / name).read_text() for name in FILES)
    assert all(f"The licence of {package}" in (into / "LICENCES.txt").read_text() for package in PACKAGES)
