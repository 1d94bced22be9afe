"""Citizens on record who may be meant at intake."""

from models.match_words import MatchReason
from resolvers.rows_of_people import MatchesRow, MatchRow
from schema.binding import noun, plain
from schema.types.citizen import Citizen


@noun(MatchRow, description="A citizen on record who may be meant. Ask the person before you take it for the same one.")
class CitizenMatch:
    citizen: Citizen = plain("The citizen, as you see the record.")
    score: int = plain("How much speaks for it, from 0 to 100; 100 is the same document.")
    because: list[MatchReason] = plain("What speaks for it, the strongest first.")


@noun(MatchesRow, description="Who may be meant, among the citizens whom you may see.")
class CitizenMatches:
    candidates: list[CitizenMatch] = plain("At most 10, the likeliest first.")
    known_elsewhere: bool = plain(
        "Whether a phone number or a document is known, of somebody whom you are not shown it of: ask your coordinator"
        " before you register. That you were told is recorded with that person. A name alone never says it."
    )
