"""Which amphoe or tambon a list means: by code, name or sound, and what is near when there is none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from casework.rules.names import fold
from casework.rules.place_texts import PROVINCE_DIGITS, TAMBON_DIGITS, PlaceNames, plain
from casework.rules.posts import AMPHOE_DIGITS, BANGKOK
from casework.rules.row_problems import RowRefused
from models.directory_words import RowProblem

NEAR = 55
"""Out of 100: the least likeness of a name that is worth telling."""
MOST_TOLD = 3
_CAPITAL = "เมือง"
"""The amphoe of a province's capital is called by this word and the province; people leave the province away."""
_KNOWN_AS = dict.fromkeys(("กทม", "กทม.", "กรุงเทพ", "กรุงเทพฯ"), "กรุงเทพมหานคร")


def _key(name: str) -> str:
    return plain(name).replace(" ", "")


def _bare(code: str, name: str) -> str:
    """Leave the word for the level away, which stands before the khet of Bangkok."""
    return name.removeprefix("เขต") if len(code) == AMPHOE_DIGITS and code.startswith(BANGKOK) else name


class Gazetteer:
    """The areas by their names; made once from code → Thai name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {code: _bare(code, name) for code, name in names.items()}
        self._exact: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._sound: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._folded: dict[int, dict[str, str]] = defaultdict(dict)
        for code, name in self._names.items():
            folded = fold(name)
            self._exact[len(code), _key(name)].append(code)
            self._sound[len(code), folded].append(code)
            self._folded[len(code)][code] = folded

    def find(self, place: PlaceNames, *, level: int) -> str:
        """Give the code of the amphoe or tambon (`level` digits); refuse what is unknown or could be several."""
        scope = [""]
        if place.province:
            scope = self._named(place.province, PROVINCE_DIGITS, scope, RowProblem.PROVINCE_UNKNOWN)
        if place.amphoe:
            scope = self._named(place.amphoe, AMPHOE_DIGITS, scope, RowProblem.AMPHOE_UNKNOWN)
        if level == AMPHOE_DIGITS:
            return self._only(scope if place.amphoe else [], place.amphoe, RowProblem.AMPHOE_AMBIGUOUS)
        found = self._named(place.tambon, level, scope, RowProblem.TAMBON_UNKNOWN) if place.tambon else []
        return self._only(found, place.tambon, RowProblem.TAMBON_AMBIGUOUS)

    def _only(self, found: Sequence[str], name: str, several: RowProblem) -> str:
        if not found:
            raise RowRefused(RowProblem.PLACE_MISSING)
        if len(found) > 1:
            raise RowRefused(several, text=name, near=self._told(found))
        return found[0]

    def _named(self, name: str, digits: int, scope: Sequence[str], unknown: RowProblem) -> list[str]:
        """Give all areas of this level and name within the scope: by its code, as it is written, else as it sounds."""
        if digits == AMPHOE_DIGITS:
            name = name.removeprefix("เขต")  # as in `อ.เขตพระนคร`
        if name in self._names and len(name) == digits:
            if not _within([name], scope):
                raise RowRefused(unknown, text=name, near=self.in_full(name))
            return [name]
        exact = _within(self._exact.get((digits, _KNOWN_AS.get(_key(name), _key(name))), ()), scope)
        if digits == AMPHOE_DIGITS and _key(name) == _CAPITAL:
            capitals = ((code, f"{_CAPITAL}{self._names[code[:PROVINCE_DIGITS]]}") for code in self._folded[digits])
            exact = _within((code for code, capital in capitals if self._names[code] == capital), scope)
        if exact:
            return exact
        sounds = _within(self._sound.get((digits, fold(name)), ()), scope)
        if len(sounds) == 1:
            return sounds
        raise RowRefused(unknown, text=name, near=self._near(name, digits, scope))

    def _near(self, name: str, digits: int, scope: Sequence[str]) -> str:
        """Tell what it may mean: places of this name elsewhere in the province, then those within spelt nearly so."""
        provinces = [code[:PROVINCE_DIGITS] for code in scope]
        elsewhere = _within(self._exact.get((digits, _key(name)), ()), provinces)
        choices = {code: folded for code, folded in self._folded[digits].items() if code.startswith(tuple(scope))}
        alike = [code for _, _, code in extract(fold(name), choices, scorer=ratio, limit=MOST_TOLD, score_cutoff=NEAR)]
        if not alike and not elsewhere:
            alike = _within(self._exact.get((digits, _key(name)), ()), [""])
        return self._told([*elsewhere, *alike]) or "–"

    def _told(self, codes: Sequence[str]) -> str:
        """Write the first of them in full, and how many more there are."""
        named = ", ".join(self.in_full(code) for code in codes[:MOST_TOLD])
        return f"{named} …+{len(codes) - MOST_TOLD}" if len(codes) > MOST_TOLD else named

    def in_full(self, code: str) -> str:
        words = ("", "เขต", "แขวง") if code.startswith(BANGKOK) else ("จ.", "อ.", "ต.")
        levels = [code[:digits] for digits in (TAMBON_DIGITS, AMPHOE_DIGITS, PROVINCE_DIGITS) if digits <= len(code)]
        return " ".join(f"{words[len(each) // 2 - 1]}{self._names[each]}" for each in levels)


def _within(codes: Iterable[str], scope: Sequence[str]) -> list[str]:
    return [code for code in codes if code.startswith(tuple(scope))]
