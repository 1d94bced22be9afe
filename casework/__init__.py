"""What the service knows: rules, policy, actions, journal. No HTTP, no GraphQL."""
