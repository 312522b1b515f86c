-- A `page_key` is the same text for every spelling of a page's address.

CREATE TABLE shop_imports (
    id {id},
    store_id BIGINT NOT NULL REFERENCES stores (id),
    url TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('listing', 'listed', 'running', 'paused', 'done', 'cancelled', 'failed')),
    problem TEXT,
    -- Set: what is complete is saved as a draft, in this category unless the page names one.
    draft_category TEXT,
    more BOOLEAN NOT NULL,
    whole_shop BOOLEAN NOT NULL,
    asked_at BIGINT NOT NULL,
    taken_until BIGINT NOT NULL
);
CREATE INDEX shop_imports_by_store ON shop_imports (store_id, id);
CREATE INDEX shop_imports_by_state ON shop_imports (state, taken_until);

-- One row for each page that a store ever pasted or had imported with a whole shop.
CREATE TABLE imports (
    id {id},
    store_id BIGINT NOT NULL REFERENCES stores (id),
    page_key TEXT NOT NULL,
    url TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'understanding', 'pictures',
                                         'ready', 'failed', 'saved', 'discarded')),
    problem TEXT,
    -- What was found and where, as JSON; empty until then.
    found TEXT NOT NULL,
    title TEXT,
    shop_id BIGINT REFERENCES shop_imports (id),
    product_id BIGINT REFERENCES products (id),
    asked_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    taken_until BIGINT NOT NULL,
    UNIQUE (store_id, page_key)
);
CREATE INDEX imports_by_store ON imports (store_id, asked_at);
CREATE INDEX imports_by_state ON imports (state, taken_until);
CREATE INDEX imports_by_shop ON imports (shop_id);

CREATE TABLE import_pictures (
    id {id},
    import_id BIGINT NOT NULL REFERENCES imports (id),
    key TEXT NOT NULL UNIQUE,
    alt TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (import_id, position)
);

CREATE TABLE shop_items (
    id {id},
    shop_id BIGINT NOT NULL REFERENCES shop_imports (id),
    page_key TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    position BIGINT NOT NULL,
    -- The store had the page before; it is left as it is.
    known BOOLEAN NOT NULL,
    import_id BIGINT REFERENCES imports (id),
    UNIQUE (shop_id, page_key)
);

CREATE TABLE sources (
    product_id BIGINT PRIMARY KEY NOT NULL REFERENCES products (id),
    url TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    keep_in_step TEXT NOT NULL CHECK (keep_in_step IN ('by_hand', 'by_itself')),
    read_at BIGINT NOT NULL,
    problem TEXT,
    failures BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    taken_until BIGINT NOT NULL,
    -- What the source said when it was last agreed with, and what it says now, as JSON.
    agreed TEXT NOT NULL,
    latest TEXT NOT NULL
);
CREATE INDEX sources_by_turn ON sources (keep_in_step, next_at);

-- Every address that leads to the page a product came from.
CREATE TABLE source_pages (
    product_id BIGINT NOT NULL REFERENCES products (id),
    page_key TEXT NOT NULL,
    PRIMARY KEY (product_id, page_key)
);
CREATE INDEX source_pages_by_key ON source_pages (page_key);

-- Which of the source's variants a variant is, and the units it lost when the source sold out.
CREATE TABLE source_variants (
    variant_id BIGINT PRIMARY KEY NOT NULL REFERENCES variants (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    name TEXT NOT NULL,
    taken BIGINT NOT NULL CHECK (taken >= 0)
);
CREATE INDEX source_variants_by_product ON source_variants (product_id);
