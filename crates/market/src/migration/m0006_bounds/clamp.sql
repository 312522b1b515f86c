-- Every number that a form reaches has bounds, in `model::limits` and here.
--
-- A stock could be pushed beyond them by a form that lied about what it had shown. It is cut back to the most that a
-- variant can have; what was received follows, so that the books of the stock stay right.
UPDATE variants SET received = received - (on_hand - 1000000), on_hand = 1000000
WHERE on_hand > 1000000 AND held <= 1000000 AND received >= on_hand;
UPDATE source_variants SET taken = 1000000 WHERE taken > 1000000;
