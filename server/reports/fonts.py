"""The font of reports, Thai and Latin in one file that a package ships: no font of the machine is used."""

from fontpkg_noto_sans_thai import ROOT

FOLDER = ROOT / "files"
FONT_FILE = next(FOLDER.glob("*.ttf"))
