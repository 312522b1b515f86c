-- A store whose owner is suspended is closed: what it makes and what it carries is not for sale.
ALTER TABLE stores ADD COLUMN closed_at BIGINT;
UPDATE stores SET closed_at = (SELECT suspended_at FROM accounts WHERE accounts.id = stores.owner_id);
CREATE INDEX stores_closed ON stores (id) WHERE closed_at IS NOT NULL;
