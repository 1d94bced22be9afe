"""How the service runs: settings, database, feed, HTTP, command line."""
