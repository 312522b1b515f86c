//! Carts: what hangs on one goes with its lines, and nobody pays for the same lines twice.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "no cart is paid for twice",
        rule: "C4",
        rows: "
            SELECT 'order ' || o.id || ' was paid when order ' || COALESCE(n.id, 0)
                   || ' had been begun for the same lines, and that one was paid too' AS what,
                   n.id IS NULL AS sound
            FROM orders o
            LEFT JOIN carts c ON c.id = o.cart_id
            LEFT JOIN orders n ON n.state = 'paid' AND n.id > o.id AND n.created_at < o.paid_at
                  AND n.cart_id IN (o.cart_id, c.merged_into)
                  AND (n.cart_id = o.cart_id OR n.created_at >= c.merged_at)
            WHERE o.state = 'paid'",
    },
    Question {
        name: "an attempt to pay goes along with its cart",
        rule: "C4",
        rows: "
            SELECT 'order ' || o.id || ' (' || o.state || ') was not over when its cart went to account '
                   || COALESCE(r.account_id, 0) || ', and is of ' || COALESCE(o.account_id, 0) AS what,
                   c.merged_into IS NULL OR (o.paid_at IS NOT NULL AND o.paid_at <= c.merged_at)
                   OR o.account_id = r.account_id AS sound
            FROM orders o
            LEFT JOIN carts c ON c.id = o.cart_id
            LEFT JOIN carts r ON r.id = c.merged_into",
    },
];
