"""Whatever can be fetched again by its id."""

import strawberry


@strawberry.interface(description="Anything with a global id: `node(id)` fetches it again.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque; the same for ever.")
