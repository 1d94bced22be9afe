"""The sentences of all refusals, by what they are about: code, Thai, English. The words in braces are filled in."""

from casework.sentences import (
    activities,
    asking,
    cases,
    exports,
    field_work,
    people,
    posts,
    statements,
    values,
    webhooks,
)

SENTENCES = {
    **values.SENTENCES,
    **asking.SENTENCES,
    **cases.SENTENCES,
    **posts.SENTENCES,
    **statements.SENTENCES,
    **people.SENTENCES,
    **field_work.SENTENCES,
    **webhooks.SENTENCES,
    **activities.SENTENCES,
    **exports.SENTENCES,
}
