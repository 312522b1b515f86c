-- Amounts are whole minor units, moments are UTC milliseconds, states are the words of `model`'s enums.

CREATE TABLE accounts (
    id {id},
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    operator BOOLEAN NOT NULL,
    suspended_at BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    data TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE stores (
    id {id},
    owner_id BIGINT NOT NULL UNIQUE REFERENCES accounts (id),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    tagline TEXT NOT NULL,
    about TEXT NOT NULL,
    accent TEXT NOT NULL,
    shipping BIGINT NOT NULL CHECK (shipping >= 0),
    free_shipping_from BIGINT CHECK (free_shipping_from >= 0),
    created_at BIGINT NOT NULL
);

CREATE TABLE products (
    id {id},
    store_id BIGINT NOT NULL REFERENCES stores (id),
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'archived')),
    search_text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_at BIGINT
);
CREATE INDEX products_by_store ON products (store_id, updated_at);
CREATE INDEX products_by_newest ON products (state, published_at);

CREATE TABLE variants (
    id {id},
    product_id BIGINT NOT NULL REFERENCES products (id),
    name TEXT NOT NULL,
    sku TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price > 0),
    -- Ever put into stock, corrections included: on hand = received - sold + restocked, always.
    received BIGINT NOT NULL,
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    held BIGINT NOT NULL CHECK (held >= 0),
    position BIGINT NOT NULL,
    retired BOOLEAN NOT NULL,
    CHECK (held <= on_hand)
);
CREATE INDEX variants_by_product ON variants (product_id, position);

CREATE TABLE pictures (
    id {id},
    product_id BIGINT NOT NULL REFERENCES products (id),
    key TEXT NOT NULL UNIQUE,
    alt TEXT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX pictures_by_product ON pictures (product_id, position);

CREATE TABLE listings (
    id {id},
    store_id BIGINT NOT NULL REFERENCES stores (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    added_at BIGINT NOT NULL,
    removed_at BIGINT,
    UNIQUE (store_id, product_id)
);
CREATE INDEX listings_by_product ON listings (product_id);

CREATE TABLE offers (
    id {id},
    product_id BIGINT NOT NULL REFERENCES products (id),
    store_id BIGINT NOT NULL REFERENCES stores (id),
    rate BIGINT NOT NULL CHECK (rate > 0),
    open_units BIGINT NOT NULL CHECK (open_units >= 0),
    held_units BIGINT NOT NULL CHECK (held_units >= 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'revoked', 'ended')),
    -- Numbers the changes, so that each has ledger keys of its own.
    revision BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    CHECK (state = 'open' OR open_units = 0)
);
CREATE UNIQUE INDEX offers_one_open ON offers (product_id) WHERE state = 'open';
CREATE INDEX offers_by_product ON offers (product_id, id);
CREATE INDEX offers_by_store ON offers (store_id, id);

-- An account is named by its code: `wallet:7`, `offer:12`, `payable:7`.
CREATE TABLE ledger_accounts (
    code TEXT PRIMARY KEY NOT NULL,
    asset TEXT NOT NULL CHECK (asset IN ('token', 'money')),
    -- NULL: not kept, the sum of its transfers is its balance. Such accounts take part in every sale, and
    -- one row that every sale must lock would make them wait for each other.
    balance BIGINT,
    CHECK (balance IS NULL OR balance >= 0 OR code LIKE 'payable:%')
);

CREATE TABLE transfers (
    id {id},
    key TEXT NOT NULL UNIQUE,
    debit TEXT NOT NULL REFERENCES ledger_accounts (code),
    credit TEXT NOT NULL REFERENCES ledger_accounts (code),
    asset TEXT NOT NULL CHECK (asset IN ('token', 'money')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    kind TEXT NOT NULL,
    -- What it is for; at most one of each.
    offer_id BIGINT REFERENCES offers (id),
    order_id BIGINT,
    order_line_id BIGINT,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CHECK (debit <> credit)
);
CREATE INDEX transfers_by_debit ON transfers (debit, id);
CREATE INDEX transfers_by_credit ON transfers (credit, id);

CREATE TABLE carts (
    id {id},
    account_id BIGINT UNIQUE REFERENCES accounts (id),
    created_at BIGINT NOT NULL
);

CREATE TABLE cart_lines (
    id {id},
    cart_id BIGINT NOT NULL REFERENCES carts (id),
    listing_id BIGINT NOT NULL REFERENCES listings (id),
    variant_id BIGINT NOT NULL REFERENCES variants (id),
    units BIGINT NOT NULL CHECK (units BETWEEN 1 AND 99),
    added_at BIGINT NOT NULL,
    UNIQUE (cart_id, listing_id, variant_id)
);

CREATE TABLE orders (
    id {id},
    number TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL UNIQUE,
    -- The checkout's idempotency key, and what was sent under it.
    key TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'paid', 'released')),
    cart_id BIGINT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    line1 TEXT NOT NULL,
    line2 TEXT NOT NULL,
    city TEXT NOT NULL,
    postcode TEXT NOT NULL,
    country TEXT NOT NULL,
    items BIGINT NOT NULL CHECK (items > 0),
    shipping BIGINT NOT NULL CHECK (shipping >= 0),
    total BIGINT NOT NULL,
    hold_expires_at BIGINT NOT NULL,
    release_reason TEXT,
    created_at BIGINT NOT NULL,
    paid_at BIGINT,
    CHECK (total = items + shipping),
    CHECK ((state = 'paid') = (paid_at IS NOT NULL))
);
CREATE INDEX orders_on_hold ON orders (hold_expires_at) WHERE state = 'held';
CREATE INDEX orders_by_account ON orders (account_id, id);
-- One attempt to pay for a cart at a time: nobody pays twice from two windows.
CREATE UNIQUE INDEX orders_one_held ON orders (cart_id) WHERE state = 'held';

CREATE TABLE parcels (
    id {id},
    order_id BIGINT NOT NULL REFERENCES orders (id),
    store_id BIGINT NOT NULL REFERENCES stores (id),
    state TEXT NOT NULL CHECK (state IN ('new', 'packed', 'shipped', 'delivered', 'cancelled')),
    shipping BIGINT NOT NULL CHECK (shipping >= 0),
    shipping_refunded BOOLEAN NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    packed_at BIGINT,
    shipped_at BIGINT,
    delivered_at BIGINT,
    -- Copied from the order when it is paid, so that a maker's list needs no join to be in order.
    paid_at BIGINT,
    UNIQUE (order_id, store_id)
);
CREATE INDEX parcels_by_store ON parcels (store_id, paid_at);

CREATE TABLE order_lines (
    id {id},
    order_id BIGINT NOT NULL REFERENCES orders (id),
    parcel_id BIGINT NOT NULL REFERENCES parcels (id),
    listing_id BIGINT NOT NULL REFERENCES listings (id),
    -- The store whose shelf it was sold from; the parcel's store makes it.
    seller_id BIGINT NOT NULL REFERENCES stores (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    variant_id BIGINT NOT NULL REFERENCES variants (id),
    -- Terms as they were at the hold.
    title TEXT NOT NULL,
    variant_name TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price > 0),
    units BIGINT NOT NULL CHECK (units BETWEEN 1 AND 99),
    fee BIGINT NOT NULL CHECK (fee >= 0 AND fee <= price * units),
    offer_id BIGINT REFERENCES offers (id),
    rate BIGINT NOT NULL CHECK (rate >= 0),
    covered_units BIGINT NOT NULL CHECK (covered_units >= 0),
    -- Numbers the holds, so that one made again after it had ended has ledger keys of its own.
    hold_round BIGINT NOT NULL,
    reward_outcome TEXT NOT NULL,
    reward_due_at BIGINT,
    rewarded_units BIGINT NOT NULL CHECK (rewarded_units >= 0),
    cancelled_units BIGINT NOT NULL CHECK (cancelled_units >= 0),
    restocked_units BIGINT NOT NULL CHECK (restocked_units >= 0),
    CHECK (covered_units <= units),
    CHECK (rewarded_units <= covered_units),
    CHECK (cancelled_units <= units),
    CHECK (restocked_units <= cancelled_units)
);
CREATE INDEX order_lines_by_order ON order_lines (order_id);
CREATE INDEX order_lines_by_parcel ON order_lines (parcel_id);
CREATE INDEX order_lines_by_seller ON order_lines (seller_id, id);
CREATE INDEX order_lines_by_product ON order_lines (product_id);
CREATE INDEX order_lines_by_offer ON order_lines (offer_id) WHERE offer_id IS NOT NULL;
CREATE INDEX order_lines_due ON order_lines (reward_due_at) WHERE reward_due_at IS NOT NULL;

CREATE TABLE payments (
    id {id},
    order_id BIGINT NOT NULL UNIQUE REFERENCES orders (id),
    provider TEXT NOT NULL,
    -- The provider's word for the card; never its number.
    method TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('asked', 'second_step', 'paid', 'declined', 'late')),
    second_step_url TEXT NOT NULL,
    decline_reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);

CREATE TABLE refunds (
    id {id},
    key TEXT NOT NULL UNIQUE,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    order_line_id BIGINT REFERENCES order_lines (id),
    units BIGINT NOT NULL CHECK (units >= 0),
    amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('due', 'done')),
    created_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX refunds_by_order ON refunds (order_id);

-- Calls to the outside, written in the transaction that makes them due.
CREATE TABLE outbox (
    id {id},
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('charge', 'refund')),
    subject_id BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    taken_until BIGINT NOT NULL,
    done_at BIGINT,
    last_error TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL;

-- The sandbox payment provider's own books. Nothing of ours refers to them.
CREATE TABLE sandbox_charges (
    key TEXT PRIMARY KEY NOT NULL,
    card TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('second_step', 'paid', 'declined', 'cancelled')),
    challenge TEXT NOT NULL UNIQUE,
    answers_lost BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE sandbox_refunds (
    key TEXT PRIMARY KEY NOT NULL,
    charge_key TEXT NOT NULL REFERENCES sandbox_charges (key),
    amount BIGINT NOT NULL CHECK (amount > 0),
    created_at BIGINT NOT NULL
);

-- The market's own accounts.
INSERT INTO ledger_accounts (code, asset, balance) VALUES
    ('issuance', 'token', NULL), ('payments', 'money', NULL), ('fees', 'money', NULL), ('refunds', 'money', NULL);
