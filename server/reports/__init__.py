"""Reports for people who would rather look than read: what is asked, how it is told, how it is printed."""
