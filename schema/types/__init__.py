"""Types of the contract, one noun per file."""
