-- The search and the orders of the lists. The words of what is there already are made by prasan serve: they need nlpo3.

CREATE TABLE case_search (
    case_id BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (case_id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX case_search_words ON case_search USING gin (words);

CREATE TABLE citizen_search (
    citizen_id BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (citizen_id),
    FOREIGN KEY(citizen_id) REFERENCES citizen (id)
);

CREATE INDEX citizen_search_words ON citizen_search USING gin (words);

CREATE INDEX case_by_sequence ON "case" (split_part(reference, '-', 3));

CREATE INDEX case_by_due ON "case" (coalesce(due_at, 'infinity'), id);

CREATE INDEX case_of_province_by_due ON "case" (province_code, coalesce(due_at, 'infinity'), id);

CREATE INDEX case_of_province_by_opening ON "case" (province_code, opened_at DESC, id DESC);

CREATE INDEX problem_of_type ON case_problem (problem_type_code, case_id);

GRANT SELECT, INSERT, UPDATE ON case_search, citizen_search TO prasan_app;
