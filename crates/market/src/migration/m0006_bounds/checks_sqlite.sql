-- SQLite can't add a CHECK to a table, and to write a table anew that others refer to, its foreign keys would have to be
-- switched off, which can't be done inside a transaction. A trigger refuses the same rows.

CREATE TRIGGER stores_shipping_in_bounds_new BEFORE INSERT ON stores
WHEN NEW.shipping NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.shipping) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'stores.shipping is out of bounds'); END;
CREATE TRIGGER stores_shipping_in_bounds BEFORE UPDATE OF shipping ON stores
WHEN NEW.shipping NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.shipping) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'stores.shipping is out of bounds'); END;

CREATE TRIGGER stores_free_shipping_from_in_bounds_new BEFORE INSERT ON stores
WHEN NEW.free_shipping_from IS NOT NULL AND (NEW.free_shipping_from NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.free_shipping_from) <> 'integer')
BEGIN SELECT RAISE(ABORT, 'stores.free_shipping_from is out of bounds'); END;
CREATE TRIGGER stores_free_shipping_from_in_bounds BEFORE UPDATE OF free_shipping_from ON stores
WHEN NEW.free_shipping_from IS NOT NULL AND (NEW.free_shipping_from NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.free_shipping_from) <> 'integer')
BEGIN SELECT RAISE(ABORT, 'stores.free_shipping_from is out of bounds'); END;

CREATE TRIGGER variants_price_in_bounds_new BEFORE INSERT ON variants
WHEN NEW.price NOT BETWEEN 1 AND 1000000000 OR typeof(NEW.price) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.price is out of bounds'); END;
CREATE TRIGGER variants_price_in_bounds BEFORE UPDATE OF price ON variants
WHEN NEW.price NOT BETWEEN 1 AND 1000000000 OR typeof(NEW.price) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.price is out of bounds'); END;

CREATE TRIGGER variants_received_in_bounds_new BEFORE INSERT ON variants
WHEN NEW.received NOT BETWEEN 0 AND 1000000000000 OR typeof(NEW.received) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.received is out of bounds'); END;
CREATE TRIGGER variants_received_in_bounds BEFORE UPDATE OF received ON variants
WHEN NEW.received NOT BETWEEN 0 AND 1000000000000 OR typeof(NEW.received) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.received is out of bounds'); END;

CREATE TRIGGER variants_on_hand_in_bounds_new BEFORE INSERT ON variants
WHEN NEW.on_hand NOT BETWEEN 0 AND 1000000 OR typeof(NEW.on_hand) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.on_hand is out of bounds'); END;
CREATE TRIGGER variants_on_hand_in_bounds BEFORE UPDATE OF on_hand ON variants
WHEN NEW.on_hand NOT BETWEEN 0 AND 1000000 OR typeof(NEW.on_hand) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.on_hand is out of bounds'); END;

CREATE TRIGGER variants_held_in_bounds_new BEFORE INSERT ON variants
WHEN NEW.held NOT BETWEEN 0 AND 1000000 OR typeof(NEW.held) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.held is out of bounds'); END;
CREATE TRIGGER variants_held_in_bounds BEFORE UPDATE OF held ON variants
WHEN NEW.held NOT BETWEEN 0 AND 1000000 OR typeof(NEW.held) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'variants.held is out of bounds'); END;

CREATE TRIGGER offers_rate_in_bounds_new BEFORE INSERT ON offers
WHEN NEW.rate NOT BETWEEN 1 AND 1000000000 OR typeof(NEW.rate) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'offers.rate is out of bounds'); END;
CREATE TRIGGER offers_rate_in_bounds BEFORE UPDATE OF rate ON offers
WHEN NEW.rate NOT BETWEEN 1 AND 1000000000 OR typeof(NEW.rate) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'offers.rate is out of bounds'); END;

CREATE TRIGGER offers_open_units_in_bounds_new BEFORE INSERT ON offers
WHEN NEW.open_units NOT BETWEEN 0 AND 100000000 OR typeof(NEW.open_units) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'offers.open_units is out of bounds'); END;
CREATE TRIGGER offers_open_units_in_bounds BEFORE UPDATE OF open_units ON offers
WHEN NEW.open_units NOT BETWEEN 0 AND 100000000 OR typeof(NEW.open_units) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'offers.open_units is out of bounds'); END;

CREATE TRIGGER offers_held_units_in_bounds_new BEFORE INSERT ON offers
WHEN NEW.held_units NOT BETWEEN 0 AND 100000000 OR typeof(NEW.held_units) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'offers.held_units is out of bounds'); END;
CREATE TRIGGER offers_held_units_in_bounds BEFORE UPDATE OF held_units ON offers
WHEN NEW.held_units NOT BETWEEN 0 AND 100000000 OR typeof(NEW.held_units) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'offers.held_units is out of bounds'); END;

CREATE TRIGGER ledger_accounts_balance_in_bounds_new BEFORE INSERT ON ledger_accounts
WHEN NEW.balance IS NOT NULL AND (NEW.balance NOT BETWEEN -1000000000000000000 AND 1000000000000000000 OR typeof(NEW.balance) <> 'integer')
BEGIN SELECT RAISE(ABORT, 'ledger_accounts.balance is out of bounds'); END;
CREATE TRIGGER ledger_accounts_balance_in_bounds BEFORE UPDATE OF balance ON ledger_accounts
WHEN NEW.balance IS NOT NULL AND (NEW.balance NOT BETWEEN -1000000000000000000 AND 1000000000000000000 OR typeof(NEW.balance) <> 'integer')
BEGIN SELECT RAISE(ABORT, 'ledger_accounts.balance is out of bounds'); END;

CREATE TRIGGER transfers_amount_in_bounds_new BEFORE INSERT ON transfers
WHEN NEW.amount NOT BETWEEN 1 AND 1000000000000000000 OR typeof(NEW.amount) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'transfers.amount is out of bounds'); END;
CREATE TRIGGER transfers_amount_in_bounds BEFORE UPDATE OF amount ON transfers
WHEN NEW.amount NOT BETWEEN 1 AND 1000000000000000000 OR typeof(NEW.amount) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'transfers.amount is out of bounds'); END;

CREATE TRIGGER orders_items_in_bounds_new BEFORE INSERT ON orders
WHEN NEW.items NOT BETWEEN 1 AND 10000000000000 OR typeof(NEW.items) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'orders.items is out of bounds'); END;
CREATE TRIGGER orders_items_in_bounds BEFORE UPDATE OF items ON orders
WHEN NEW.items NOT BETWEEN 1 AND 10000000000000 OR typeof(NEW.items) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'orders.items is out of bounds'); END;

CREATE TRIGGER orders_shipping_in_bounds_new BEFORE INSERT ON orders
WHEN NEW.shipping NOT BETWEEN 0 AND 10000000000000 OR typeof(NEW.shipping) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'orders.shipping is out of bounds'); END;
CREATE TRIGGER orders_shipping_in_bounds BEFORE UPDATE OF shipping ON orders
WHEN NEW.shipping NOT BETWEEN 0 AND 10000000000000 OR typeof(NEW.shipping) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'orders.shipping is out of bounds'); END;

CREATE TRIGGER parcels_shipping_in_bounds_new BEFORE INSERT ON parcels
WHEN NEW.shipping NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.shipping) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'parcels.shipping is out of bounds'); END;
CREATE TRIGGER parcels_shipping_in_bounds BEFORE UPDATE OF shipping ON parcels
WHEN NEW.shipping NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.shipping) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'parcels.shipping is out of bounds'); END;

CREATE TRIGGER order_lines_price_in_bounds_new BEFORE INSERT ON order_lines
WHEN NEW.price NOT BETWEEN 1 AND 1000000000 OR typeof(NEW.price) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'order_lines.price is out of bounds'); END;
CREATE TRIGGER order_lines_price_in_bounds BEFORE UPDATE OF price ON order_lines
WHEN NEW.price NOT BETWEEN 1 AND 1000000000 OR typeof(NEW.price) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'order_lines.price is out of bounds'); END;

CREATE TRIGGER order_lines_rate_in_bounds_new BEFORE INSERT ON order_lines
WHEN NEW.rate NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.rate) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'order_lines.rate is out of bounds'); END;
CREATE TRIGGER order_lines_rate_in_bounds BEFORE UPDATE OF rate ON order_lines
WHEN NEW.rate NOT BETWEEN 0 AND 1000000000 OR typeof(NEW.rate) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'order_lines.rate is out of bounds'); END;

CREATE TRIGGER payments_amount_in_bounds_new BEFORE INSERT ON payments
WHEN NEW.amount NOT BETWEEN 1 AND 10000000000000 OR typeof(NEW.amount) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'payments.amount is out of bounds'); END;
CREATE TRIGGER payments_amount_in_bounds BEFORE UPDATE OF amount ON payments
WHEN NEW.amount NOT BETWEEN 1 AND 10000000000000 OR typeof(NEW.amount) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'payments.amount is out of bounds'); END;

CREATE TRIGGER refunds_units_in_bounds_new BEFORE INSERT ON refunds
WHEN NEW.units NOT BETWEEN 0 AND 99 OR typeof(NEW.units) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'refunds.units is out of bounds'); END;
CREATE TRIGGER refunds_units_in_bounds BEFORE UPDATE OF units ON refunds
WHEN NEW.units NOT BETWEEN 0 AND 99 OR typeof(NEW.units) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'refunds.units is out of bounds'); END;

CREATE TRIGGER refunds_amount_in_bounds_new BEFORE INSERT ON refunds
WHEN NEW.amount NOT BETWEEN 1 AND 10000000000000 OR typeof(NEW.amount) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'refunds.amount is out of bounds'); END;
CREATE TRIGGER refunds_amount_in_bounds BEFORE UPDATE OF amount ON refunds
WHEN NEW.amount NOT BETWEEN 1 AND 10000000000000 OR typeof(NEW.amount) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'refunds.amount is out of bounds'); END;

CREATE TRIGGER source_variants_taken_in_bounds_new BEFORE INSERT ON source_variants
WHEN NEW.taken NOT BETWEEN 0 AND 1000000 OR typeof(NEW.taken) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'source_variants.taken is out of bounds'); END;
CREATE TRIGGER source_variants_taken_in_bounds BEFORE UPDATE OF taken ON source_variants
WHEN NEW.taken NOT BETWEEN 0 AND 1000000 OR typeof(NEW.taken) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'source_variants.taken is out of bounds'); END;
