-- What hangs on a cart follows its lines when they move into another cart.
ALTER TABLE carts ADD COLUMN merged_into BIGINT REFERENCES carts (id);
ALTER TABLE carts ADD COLUMN merged_at BIGINT CHECK ((merged_at IS NULL) = (merged_into IS NULL));
CREATE INDEX carts_merged ON carts (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX orders_by_cart ON orders (cart_id, id);

-- A visitor's first cart is made once, however many of her requests come at the same moment.
ALTER TABLE carts ADD COLUMN visitor TEXT;
CREATE UNIQUE INDEX carts_by_visitor ON carts (visitor);

-- The price that was shown beside the button that put it in.
ALTER TABLE cart_lines ADD COLUMN seen_price BIGINT;
