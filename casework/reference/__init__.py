"""Reference data: agencies, offices, areas, problem types, clocks; files, loader, and the copy in memory."""
