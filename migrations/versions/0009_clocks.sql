-- Clocks of cases: the days they count from, how they stand, and their extensions.

ALTER TABLE legal_clock ADD COLUMN ended_by VARCHAR;
