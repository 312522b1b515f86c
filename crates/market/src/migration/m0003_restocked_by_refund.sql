-- A cancellation's key stands for what was asked, and putting units back into stock is part of that (L4).
ALTER TABLE refunds ADD COLUMN restocked_units BIGINT NOT NULL DEFAULT 0
    CHECK (restocked_units BETWEEN 0 AND units);

-- Only a line knew so far how many of its units went back: its first refunds are taken for those that did it.
UPDATE refunds SET restocked_units = (
    SELECT CASE WHEN line.restocked_units <= earlier.units THEN 0
                WHEN line.restocked_units >= earlier.units + refunds.units THEN refunds.units
                ELSE line.restocked_units - earlier.units END
    FROM order_lines line,
         (SELECT COALESCE(SUM(r.units), 0) AS units FROM refunds r
          WHERE r.order_id = refunds.order_id AND r.order_line_id = refunds.order_line_id
            AND r.id < refunds.id) earlier
    WHERE line.id = refunds.order_line_id)
WHERE order_line_id IS NOT NULL;
