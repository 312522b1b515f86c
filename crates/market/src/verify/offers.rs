//! Offers: the pool, coverage and rewards.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "an offer's escrow is its rate times its open units",
        rule: "L5",
        rows: "
            SELECT 'offer ' || o.id || ' (' || o.state || ') has ' || o.open_units || ' open at ' || o.rate
                   || ', its escrow holds ' || COALESCE(CAST(a.balance AS TEXT), 'nothing at all') AS what,
                   a.balance = o.rate * o.open_units AND (o.state = 'open' OR o.open_units = 0) AS sound
            FROM offers o
            LEFT JOIN ledger_accounts a ON a.code = 'offer:' || o.id",
    },
    Question {
        name: "a line's escrow is its rate times the units it is still promised for",
        rule: "L5",
        rows: "
            SELECT 'line ' || line || ' of a ' || state || ' order is promised ' || promised || ', its escrow holds '
                   || escrow AS what,
                   escrow = promised AS sound
            FROM (SELECT l.id AS line, o.state, COALESCE(a.balance, 0) AS escrow,
                         CASE WHEN o.state = 'held' THEN l.rate * l.covered_units
                              WHEN l.reward_due_at IS NULL THEN 0
                              WHEN l.covered_units < l.units - l.cancelled_units THEN l.rate * l.covered_units
                              ELSE l.rate * (l.units - l.cancelled_units) END AS promised
                  FROM order_lines l
                  JOIN orders o ON o.id = l.order_id
                  LEFT JOIN ledger_accounts a ON a.code = 'line:' || l.id) AS lines",
    },
    Question {
        name: "every escrow belongs to an offer or a line",
        rule: "L5",
        rows: "
            SELECT a.code || ' belongs to nothing and holds ' || a.balance AS what, o.code IS NOT NULL AS sound
            FROM ledger_accounts a
            LEFT JOIN (SELECT CAST('offer:' || id AS TEXT) AS code FROM offers
                       UNION ALL SELECT CAST('line:' || id AS TEXT) FROM order_lines) o ON o.code = a.code
            WHERE a.code LIKE 'offer:%' OR a.code LIKE 'line:%'",
    },
    Question {
        name: "a product has one open offer at most, and it is its maker's",
        rule: "R1",
        rows: "
            SELECT 'product ' || o.product_id || ' has ' || COUNT(*) || ' open offers' AS what,
                   COUNT(*) = 1 AND MIN(o.store_id) = MIN(p.store_id) AS sound
            FROM offers o
            JOIN products p ON p.id = o.product_id
            WHERE o.state = 'open'
            GROUP BY o.product_id",
    },
    Question {
        name: "open and held covered units are never more than the units on hand",
        rule: "R4",
        rows: "
            SELECT 'product ' || c.product_id || ' has ' || c.open_units || ' open and ' || c.held_units
                   || ' held covered, on hand are ' || COALESCE(v.on_hand, 0) AS what,
                   c.open_units + c.held_units <= COALESCE(v.on_hand, 0) AS sound
            FROM (SELECT product_id, SUM(open_units) AS open_units, SUM(held_units) AS held_units
                  FROM offers GROUP BY product_id) c
            LEFT JOIN (SELECT product_id, SUM(on_hand) AS on_hand FROM variants GROUP BY product_id) v
                   ON v.product_id = c.product_id",
    },
    Question {
        name: "an offer's held units are those its lines on hold are covered for",
        rule: "R4",
        rows: "
            SELECT 'offer ' || o.id || ' counts ' || o.held_units || ' held, its lines on hold come to '
                   || COALESCE(h.covered, 0) AS what,
                   o.held_units = COALESCE(h.covered, 0) AS sound
            FROM offers o
            LEFT JOIN (SELECT l.offer_id, SUM(l.covered_units) AS covered
                       FROM order_lines l JOIN orders o ON o.id = l.order_id
                       WHERE o.state = 'held' GROUP BY l.offer_id) h ON h.offer_id = o.id",
    },
    Question {
        name: "a reward is paid once for its line, by the line's terms, to the store that sold it",
        rule: "R5",
        rows: "
            SELECT 'transfer ' || t.id || ' (' || t.key || ') rewards ' || t.credit || ' with ' || t.amount
                   AS what,
                   t.key = 'reward:line:' || l.id AND t.debit = 'line:' || l.id
                   AND t.credit = 'wallet:' || l.seller_id AND t.amount = l.rate * l.rewarded_units
                   AND o.state = 'paid' AND l.reward_due_at IS NULL AS sound
            FROM transfers t
            LEFT JOIN order_lines l ON l.id = t.order_line_id
            LEFT JOIN orders o ON o.id = l.order_id
            WHERE t.kind = 'reward'",
    },
    Question {
        name: "a line that counts rewarded units has its reward",
        rule: "R5",
        rows: "
            SELECT 'line ' || l.id || ' counts ' || l.rewarded_units || ' rewarded, its reward is '
                   || COALESCE(t.amount, 0) AS what,
                   COALESCE(t.amount, 0) = l.rate * l.rewarded_units AS sound
            FROM order_lines l
            LEFT JOIN transfers t ON t.key = 'reward:line:' || l.id",
    },
    Question {
        name: "no maker is rewarded for her own shelf, and no owner for her own purchase",
        rule: "R6",
        rows: "
            SELECT 'line ' || l.id || ' rewarded store ' || l.seller_id AS what,
                   l.seller_id <> p.store_id AND (o.account_id IS NULL OR o.account_id <> s.owner_id) AS sound
            FROM order_lines l
            JOIN orders o ON o.id = l.order_id
            JOIN parcels p ON p.id = l.parcel_id
            JOIN stores s ON s.id = l.seller_id
            WHERE l.rewarded_units > 0",
    },
    Question {
        name: "what a line says of its reward is what became of it",
        rule: "R8",
        rows: "
            SELECT 'line ' || l.id || ' of a ' || o.state || ' order says ' || l.reward_outcome || ', of ' || l.units
                   || ' units ' || l.covered_units || ' are covered and ' || l.rewarded_units || ' rewarded' AS what,
                   (l.reward_outcome = 'own_shelf') = (l.seller_id = p.store_id)
                   AND CASE l.reward_outcome
                         WHEN 'own_shelf' THEN l.covered_units = 0 AND l.rewarded_units = 0
                         WHEN 'not_covered' THEN l.covered_units = 0 AND l.rewarded_units = 0
                         WHEN 'promised' THEN l.covered_units > 0 AND l.rewarded_units = 0
                                              AND (o.state = 'held' OR l.reward_due_at IS NOT NULL)
                         WHEN 'paid' THEN l.rewarded_units = l.units
                         WHEN 'paid_in_part' THEN l.rewarded_units > 0 AND l.rewarded_units < l.units
                         WHEN 'own_purchase' THEN l.rewarded_units = 0 AND o.state = 'paid'
                         WHEN 'returned' THEN l.rewarded_units = 0 AND l.reward_due_at IS NULL AND o.state <> 'held'
                       END AS sound
            FROM order_lines l
            JOIN orders o ON o.id = l.order_id
            JOIN parcels p ON p.id = l.parcel_id",
    },
];
