-- What only this market knows: it names visitors' addresses with it, and recognises browsers. One with an end is made
-- anew each day.
CREATE TABLE secrets (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    ends_at BIGINT
);

-- One row for each buyer whose holds are bounded: checkouts of one buyer wait for each other here.
CREATE TABLE holders (
    name TEXT PRIMARY KEY NOT NULL,
    seen_at BIGINT NOT NULL
);

-- Where a checkout came from, by a name that means nothing the day after, when it is taken out again.
ALTER TABLE orders ADD COLUMN source TEXT;
CREATE INDEX orders_by_source ON orders (source, created_at) WHERE source IS NOT NULL;

-- Guests' carts that nobody comes back to are looked for by age.
CREATE INDEX carts_of_guests ON carts (created_at) WHERE account_id IS NULL;

-- How many a store made lately is asked before it makes one more.
CREATE INDEX products_made ON products (store_id, created_at);
CREATE INDEX offers_opened ON offers (store_id, opened_at);
