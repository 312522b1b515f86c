-- What an older release let in stays, and `verify` names it: nothing new and nothing changed may be like that.

ALTER TABLE stores ADD CONSTRAINT stores_shipping_in_bounds CHECK (shipping BETWEEN 0 AND 1000000000) NOT VALID;
ALTER TABLE stores ADD CONSTRAINT stores_free_shipping_from_in_bounds CHECK (free_shipping_from BETWEEN 0 AND 1000000000) NOT VALID;
ALTER TABLE variants ADD CONSTRAINT variants_price_in_bounds CHECK (price BETWEEN 1 AND 1000000000) NOT VALID;
ALTER TABLE variants ADD CONSTRAINT variants_received_in_bounds CHECK (received BETWEEN 0 AND 1000000000000) NOT VALID;
ALTER TABLE variants ADD CONSTRAINT variants_on_hand_in_bounds CHECK (on_hand BETWEEN 0 AND 1000000) NOT VALID;
ALTER TABLE variants ADD CONSTRAINT variants_held_in_bounds CHECK (held BETWEEN 0 AND 1000000) NOT VALID;
ALTER TABLE offers ADD CONSTRAINT offers_rate_in_bounds CHECK (rate BETWEEN 1 AND 1000000000) NOT VALID;
ALTER TABLE offers ADD CONSTRAINT offers_open_units_in_bounds CHECK (open_units BETWEEN 0 AND 100000000) NOT VALID;
ALTER TABLE offers ADD CONSTRAINT offers_held_units_in_bounds CHECK (held_units BETWEEN 0 AND 100000000) NOT VALID;
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_balance_in_bounds CHECK (balance BETWEEN -1000000000000000000 AND 1000000000000000000) NOT VALID;
ALTER TABLE transfers ADD CONSTRAINT transfers_amount_in_bounds CHECK (amount BETWEEN 1 AND 1000000000000000000) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_items_in_bounds CHECK (items BETWEEN 1 AND 10000000000000) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_shipping_in_bounds CHECK (shipping BETWEEN 0 AND 10000000000000) NOT VALID;
ALTER TABLE parcels ADD CONSTRAINT parcels_shipping_in_bounds CHECK (shipping BETWEEN 0 AND 1000000000) NOT VALID;
ALTER TABLE order_lines ADD CONSTRAINT order_lines_price_in_bounds CHECK (price BETWEEN 1 AND 1000000000) NOT VALID;
ALTER TABLE order_lines ADD CONSTRAINT order_lines_rate_in_bounds CHECK (rate BETWEEN 0 AND 1000000000) NOT VALID;
ALTER TABLE payments ADD CONSTRAINT payments_amount_in_bounds CHECK (amount BETWEEN 1 AND 10000000000000) NOT VALID;
ALTER TABLE refunds ADD CONSTRAINT refunds_units_in_bounds CHECK (units BETWEEN 0 AND 99) NOT VALID;
ALTER TABLE refunds ADD CONSTRAINT refunds_amount_in_bounds CHECK (amount BETWEEN 1 AND 10000000000000) NOT VALID;
ALTER TABLE source_variants ADD CONSTRAINT source_variants_taken_in_bounds CHECK (taken BETWEEN 0 AND 1000000) NOT VALID;
