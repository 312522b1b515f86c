-- Which stores have most on their shelf is asked by everybody who opens the market.
CREATE INDEX listings_standing ON listings (store_id) WHERE removed_at IS NULL;
