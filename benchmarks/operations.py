"""The canonical operations of shared/design/performance.md, as documents for the service."""

BOARD = """query Board($office: String!, $first: Int!) {
  cases(first: $first, orderBy: UPDATED, filter: {office: {code: $office}, states: [IN_PROGRESS]}) {
    nodes {
      reference title state priority openedAt dueAt
      citizen { name }
      volunteer { name area { name } }
      holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } }
      referrals(first: 5) { nodes { toOffice { name } state } }
    }
    pageInfo { hasNextPage }
  }
}"""
FOLLOW = """query Follow($reference: String!) { caseByReference(reference: $reference) {
  reference state version title priority sensitive channel openedAt updatedAt dueAt reviewOn resolvedAt endedAt
  area { name parent { name parent { name } } }
  citizen { name phones addresses identifiers { kind lastFour } area { name } }
  narrative workplaceName workplaceArea { name }
  problems { type { name } responsibleAgency { name } outcome amountClaimed amountRecovered }
  holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } }
  volunteer { name incumbent { name } }
  referrals(first: 20) { nodes {
    kind state toOffice { name } fromSeat { name } sentAt respondBy resultBy reason reply report
  } }
  journey { holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } } since until }
  timeline(last: 20) { nodes {
    kind recordedAt actor { name } actorAgency { code } fromState toState office { name } note { text }
  } }
} }"""
QUEUE = """query Queue($seat: ID!, $first: Int!) { cases(first: $first, filter: {holder: {seat: $seat}}) {
  nodes { reference title state priority dueAt citizen { name } problems { type { name } } area { name } }
  pageInfo { hasNextPage }
} }"""
SEARCH = """query Search($text: String!, $first: Int!) { cases(first: $first, filter: {search: $text}) {
  nodes { reference title state citizen { name } area { name } }
  pageInfo { hasNextPage }
} }"""
UPDATE = """mutation Update($input: UpdateCaseStatusInput!) { updateCaseStatus(input: $input) {
  ... on UpdateCaseStatusPayload { case { reference state version title priority updatedAt dueAt reviewOn } }
  ... on Refusal { code message }
} }"""
WAITING = """query Waiting($area: String!) { bottlenecks(area: $area) {
  stays { office { name } seatKind state count waitingNow medianDwellSeconds p90DwellSeconds }
  referrals { office { name } sent lapsed lateNow rejected returned recalled }
} }"""
OWN_SEAT = "{ viewer { seat { id } } }"
CASE_ID = "query Id($reference: String!) { caseByReference(reference: $reference) { id version } }"
