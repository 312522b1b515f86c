-- Sessions used to keep what was typed into refused forms, whatever its length. Nothing of that is read any more:
-- those that are too long to be loaded are over.
DELETE FROM sessions WHERE LENGTH(data) > 4096;

-- Forms that were sent with a key of their page: the same form again gives the first answer. Kept for a day.
CREATE TABLE sendings (
    key TEXT PRIMARY KEY NOT NULL,
    -- What was sent under it.
    fingerprint TEXT NOT NULL,
    -- The number of what it made.
    answer BIGINT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX sendings_by_moment ON sendings (sent_at);
