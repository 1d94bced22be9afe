"""The GraphQL contract: types, roots, descriptions. No SQL, no rules."""
