//! Orders: what shoppers paid, what makers are owed, what goes back.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "an order's total is its lines and its parcels' shipping",
        rule: "C1",
        rows: "
            SELECT 'order ' || o.number || ' comes to ' || o.items || ' + ' || o.shipping || ', its lines to '
                   || COALESCE(l.items, 0) || ', its parcels to ' || COALESCE(p.shipping, 0) AS what,
                   o.items = l.items AND o.shipping = p.shipping AND o.total = l.items + p.shipping AS sound
            FROM orders o
            LEFT JOIN (SELECT order_id, SUM(price * units) AS items FROM order_lines GROUP BY order_id) l
                   ON l.order_id = o.id
            LEFT JOIN (SELECT order_id, SUM(shipping) AS shipping FROM parcels GROUP BY order_id) p
                   ON p.order_id = o.id",
    },
    Question {
        name: "a line lies in its maker's parcel of its order",
        rule: "C1",
        rows: "
            SELECT 'line ' || l.id || ' of order ' || l.order_id || ' lies in parcel ' || l.parcel_id AS what,
                   p.order_id = l.order_id AND p.store_id = m.store_id AND v.product_id = m.id
                   AND s.store_id = l.seller_id AND s.product_id = m.id AS sound
            FROM order_lines l
            LEFT JOIN parcels p ON p.id = l.parcel_id
            LEFT JOIN products m ON m.id = l.product_id
            LEFT JOIN variants v ON v.id = l.variant_id
            LEFT JOIN listings s ON s.id = l.listing_id",
    },
    Question {
        name: "an order is finished if and only if its money came, and then the sale is in the books",
        rule: "C4",
        rows: "
            SELECT 'order ' || o.number || ' (' || o.state || ', ' || o.total || ') has a payment that is '
                   || COALESCE(p.state, 'missing') || ' and sales of ' || COALESCE(t.sales, 0) AS what,
                   p.amount = o.total
                   AND CASE o.state WHEN 'paid' THEN p.state = 'paid' AND t.sales = o.total
                                    WHEN 'held' THEN p.state IN ('asked', 'second_step') AND t.sales IS NULL
                                    ELSE p.state <> 'paid' AND t.sales IS NULL END AS sound
            FROM orders o
            LEFT JOIN payments p ON p.order_id = o.id
            LEFT JOIN (SELECT order_id, SUM(amount) AS sales FROM transfers WHERE kind = 'sale' GROUP BY order_id) t
                   ON t.order_id = o.id",
    },
    Question {
        name: "money that came too late goes back in full",
        rule: "C4",
        rows: "
            SELECT 'order ' || p.order_id || ' was paid late with ' || p.amount || ', ' || COALESCE(r.amount, 0)
                   || ' goes back' AS what,
                   r.amount = p.amount AND t.amount = p.amount AS sound
            FROM payments p
            LEFT JOIN (SELECT order_id, SUM(amount) AS amount FROM refunds GROUP BY order_id) r
                   ON r.order_id = p.order_id
            LEFT JOIN transfers t ON t.key = 'late:order:' || p.order_id
            WHERE p.state = 'late'",
    },
    Question {
        name: "a maker is owed goods and shipping, less fees and refunds",
        rule: "C5",
        rows: "
            SELECT 'payable:' || s.id || ' holds ' || a.balance || ', its sales come to '
                   || (COALESCE(l.owed, 0) + COALESCE(p.shipping, 0) - COALESCE(r.refunded, 0)) AS what,
                   a.balance = COALESCE(l.owed, 0) + COALESCE(p.shipping, 0) - COALESCE(r.refunded, 0) AS sound
            FROM stores s
            LEFT JOIN ledger_accounts a ON a.code = 'payable:' || s.id
            LEFT JOIN (SELECT p.store_id, SUM(l.price * l.units - l.fee + l.fee * l.cancelled_units / l.units) AS owed
                       FROM order_lines l JOIN parcels p ON p.id = l.parcel_id
                       WHERE p.paid_at IS NOT NULL GROUP BY p.store_id) l ON l.store_id = s.id
            LEFT JOIN (SELECT store_id, SUM(shipping) AS shipping FROM parcels
                       WHERE paid_at IS NOT NULL GROUP BY store_id) p ON p.store_id = s.id
            LEFT JOIN (SELECT p.store_id, SUM(r.amount) AS refunded
                       FROM refunds r
                       JOIN order_lines l ON l.id = r.order_line_id
                       JOIN parcels p ON p.id = l.parcel_id
                       GROUP BY p.store_id) r ON r.store_id = s.id",
    },
    Question {
        name: "the market's fees are those of its paid lines, less those given back",
        rule: "C5",
        rows: "
            SELECT 'fees hold ' || booked || ', the paid lines come to ' || charged AS what, booked = charged AS sound
            FROM (SELECT COALESCE((SELECT SUM(CASE WHEN credit = 'fees' THEN amount ELSE -amount END) FROM transfers
                                   WHERE credit = 'fees' OR debit = 'fees'), 0) AS booked,
                         COALESCE((SELECT SUM(l.fee - l.fee * l.cancelled_units / l.units)
                                   FROM order_lines l JOIN orders o ON o.id = l.order_id
                                   WHERE o.state = 'paid'), 0) AS charged) AS fees",
    },
    Question {
        name: "a line's cancelled and restocked units are those of its refunds",
        rule: "C6",
        rows: "
            SELECT 'line ' || l.id || ' counts ' || l.cancelled_units || ' cancelled and ' || l.restocked_units
                   || ' restocked, its refunds come to ' || COALESCE(r.units, 0) || ' and '
                   || COALESCE(r.restocked, 0) AS what,
                   l.cancelled_units = COALESCE(r.units, 0) AND l.restocked_units = COALESCE(r.restocked, 0)
                   AND (l.cancelled_units = 0 OR o.state = 'paid') AS sound
            FROM order_lines l
            JOIN orders o ON o.id = l.order_id
            LEFT JOIN (SELECT order_line_id, SUM(units) AS units, SUM(restocked_units) AS restocked
                       FROM refunds GROUP BY order_line_id) r
                   ON r.order_line_id = l.id",
    },
    Question {
        name: "no more goes back than came",
        rule: "C6",
        rows: "
            SELECT 'order ' || o.number || ' of ' || o.total || ' has refunds of ' || SUM(r.amount) AS what,
                   SUM(r.amount) <= o.total AS sound
            FROM orders o
            JOIN refunds r ON r.order_id = o.id
            GROUP BY o.id, o.number, o.total",
    },
    Question {
        name: "what goes back is the price of the cancelled units, and the shipping of a cancelled parcel",
        rule: "C6",
        rows: "
            SELECT 'parcel ' || p.id || ' of order ' || p.order_id || ' has refunds of ' || COALESCE(r.amount, 0)
                   || ', its cancelled units cost ' || COALESCE(l.amount, 0) AS what,
                   COALESCE(r.amount, 0)
                   = COALESCE(l.amount, 0) + CASE WHEN p.shipping_refunded THEN p.shipping ELSE 0 END AS sound
            FROM parcels p
            LEFT JOIN (SELECT parcel_id, SUM(price * cancelled_units) AS amount FROM order_lines GROUP BY parcel_id) l
                   ON l.parcel_id = p.id
            LEFT JOIN (SELECT l.parcel_id, SUM(r.amount) AS amount
                       FROM refunds r JOIN order_lines l ON l.id = r.order_line_id GROUP BY l.parcel_id) r
                   ON r.parcel_id = p.id",
    },
    Question {
        name: "a parcel stands where its lines and its steps say",
        rule: "C6",
        rows: "
            SELECT 'parcel ' || p.id || ' of order ' || p.order_id || ' is ' || p.state || ' with '
                   || COALESCE(l.units, 0) || ' units that are not cancelled' AS what,
                   p.shipping_refunded = (p.state = 'cancelled')
                   AND CASE p.state
                         WHEN 'new' THEN l.units > 0 AND p.packed_at IS NULL AND p.shipped_at IS NULL
                         WHEN 'packed' THEN l.units > 0 AND p.packed_at IS NOT NULL AND p.shipped_at IS NULL
                         WHEN 'shipped' THEN p.shipped_at IS NOT NULL AND p.delivered_at IS NULL
                         WHEN 'delivered' THEN p.shipped_at IS NOT NULL AND p.delivered_at IS NOT NULL
                         WHEN 'cancelled' THEN l.units = 0 AND p.shipped_at IS NULL
                       END AS sound
            FROM parcels p
            LEFT JOIN (SELECT parcel_id, SUM(units - cancelled_units) AS units FROM order_lines GROUP BY parcel_id) l
                   ON l.parcel_id = p.id",
    },
    Question {
        name: "a parcel was paid when its order was",
        rule: "C6",
        rows: "
            SELECT 'parcel ' || p.id || ' of order ' || p.order_id || ' (' || o.state || ') was paid at '
                   || COALESCE(CAST(p.paid_at AS TEXT), 'no time') AS what,
                   CASE WHEN o.state = 'paid' THEN p.paid_at = o.paid_at
                        ELSE p.paid_at IS NULL AND p.state = 'new' END AS sound
            FROM parcels p
            LEFT JOIN orders o ON o.id = p.order_id",
    },
];
