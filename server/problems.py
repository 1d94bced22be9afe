"""What may keep Prasan from starting, told to the person who starts it."""


class StartupProblem(Exception):  # noqa: N818 - it is told to a person, who has a problem and not an error
    """Prasan cannot start; the text is one sentence that says what to do."""
