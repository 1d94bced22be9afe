"""A whole country of demo cases: invented day by day as the real actions would have written it, and copied in."""
