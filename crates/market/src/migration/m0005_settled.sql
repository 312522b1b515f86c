-- What the books were begun with and can't be changed afterwards, by the setting's name.
CREATE TABLE settled (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

-- One row, written now and then to see whether anything can be.
CREATE TABLE pulse (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    beat_at BIGINT NOT NULL
);
