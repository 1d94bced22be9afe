"""The documentation, held to the truth: its queries run, its commands work, its tables agree with the code."""
