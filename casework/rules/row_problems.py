"""A row of a list that is refused: why, and what to write instead."""

from models.directory_words import RowProblem

LONGEST_QUOTE = 40


class RowRefused(Exception):  # noqa: N818 - it is told to a person, who has a row to mend and not an error
    """Nothing is done for the row."""

    def __init__(self, problem: RowProblem, **facts: str) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.facts = {name: fact[:LONGEST_QUOTE] if name == "text" else fact for name, fact in facts.items()}

    def sentence(self, *, thai: bool) -> str:
        return (self.problem.th if thai else self.problem.description).format(**self.facts)
