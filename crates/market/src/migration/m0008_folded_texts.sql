-- The spellings under which stores are known: no two stores share one. Of stores that are called alike already, the
-- first has it.
CREATE TABLE store_names (
    spelling TEXT PRIMARY KEY NOT NULL,
    store_id BIGINT NOT NULL REFERENCES stores (id)
);
CREATE INDEX store_names_by_store ON store_names (store_id);
