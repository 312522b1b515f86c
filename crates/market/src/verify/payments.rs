//! Payments: our books against the provider's.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "the payments account stands for what came in and has not gone back",
        rule: "C4",
        rows: "
            SELECT 'payments hold ' || booked || ', came in less gone back is ' || (came - gone) AS what,
                   booked = gone - came AS sound
            FROM (SELECT COALESCE((SELECT SUM(CASE WHEN credit = 'payments' THEN amount ELSE -amount END)
                                   FROM transfers WHERE credit = 'payments' OR debit = 'payments'), 0) AS booked,
                         COALESCE((SELECT SUM(amount) FROM payments WHERE state IN ('paid', 'late')), 0) AS came,
                         COALESCE((SELECT SUM(amount) FROM refunds WHERE state = 'done'), 0) AS gone) AS books",
    },
    Question {
        name: "the refunds account is what is still to go back",
        rule: "C6",
        rows: "
            SELECT 'refunds hold ' || booked || ', ' || due || ' are due' AS what, booked = due AS sound
            FROM (SELECT COALESCE((SELECT SUM(CASE WHEN credit = 'refunds' THEN amount ELSE -amount END)
                                   FROM transfers WHERE credit = 'refunds' OR debit = 'refunds'), 0) AS booked,
                         COALESCE((SELECT SUM(amount) FROM refunds WHERE state = 'due'), 0) AS due) AS books",
    },
    Question {
        name: "what waits for the provider is on the list of calls to make",
        rule: "C4",
        rows: "
            SELECT waits.what, x.done_at IS NULL AND x.id IS NOT NULL AS sound
            FROM (SELECT 'payment ' || id || ' (' || state || ') of order ' || order_id AS what,
                         'charge' AS kind, order_id AS subject_id
                  FROM payments WHERE state IN ('asked', 'second_step')
                  UNION ALL
                  SELECT 'refund ' || id || ' (' || key || ')', 'refund', id FROM refunds WHERE state = 'due') AS waits
            LEFT JOIN outbox x ON x.kind = waits.kind AND x.subject_id = waits.subject_id",
    },
    Question {
        name: "the provider says of each payment what we do",
        rule: "C4",
        rows: "
            SELECT 'payment ' || p.id || ' of order ' || p.order_id || ' is ' || p.state || ' (' || p.amount
                   || '), the provider says ' || COALESCE(c.state, 'nothing') AS what,
                   CASE WHEN p.state = 'declined' THEN c.state IN ('declined', 'cancelled')
                        ELSE c.state = 'paid' AND c.amount = p.amount END AS sound
            FROM payments p
            LEFT JOIN sandbox_charges c ON c.key = 'charge:order:' || p.order_id
            WHERE p.provider = 'sandbox' AND p.state IN ('paid', 'late', 'declined')",
    },
    Question {
        name: "the provider's refunds are ours",
        rule: "C6",
        rows: "
            SELECT 'refund ' || COALESCE(r.key, s.key) || ': we say ' || COALESCE(r.state, 'nothing')
                   || ', the provider says ' || COALESCE(CAST(s.amount AS TEXT), 'nothing') AS what,
                   r.amount = s.amount AND s.charge_key = 'charge:order:' || r.order_id AS sound
            FROM sandbox_refunds s
            LEFT JOIN refunds r ON r.key = s.key
            UNION ALL
            SELECT 'refund ' || r.key || ': we say done, the provider says nothing', s.key IS NOT NULL
            FROM refunds r
            JOIN payments p ON p.order_id = r.order_id AND p.provider = 'sandbox'
            LEFT JOIN sandbox_refunds s ON s.key = r.key
            WHERE r.state = 'done'",
    },
    Question {
        name: "paid at the provider and not settled here: waits for an answer, for an hour after its hold at most",
        rule: "C4",
        rows: "
            SELECT 'order ' || o.number || ' (' || o.state || '): ' || c.amount || ' paid at the provider, unsettled'
                   AS what,
                   o.hold_expires_at + 3600000 >= {now} AS sound
            FROM payments p
            JOIN orders o ON o.id = p.order_id
            JOIN sandbox_charges c ON c.key = 'charge:order:' || p.order_id AND c.state = 'paid'
            WHERE p.state IN ('asked', 'second_step')",
    },
    Question {
        name: "every charge at the provider is one that an order asked for",
        rule: "C4",
        // Written down first, so that a charge finds its payment by an index.
        rows: "
            WITH asked AS MATERIALIZED (
                SELECT CAST('charge:order:' || order_id AS TEXT) AS key, amount FROM payments)
            SELECT 'the provider has ' || c.key || ' of ' || c.amount || ' (' || c.state || '), we asked for '
                   || COALESCE(CAST(p.amount AS TEXT), 'nothing') AS what,
                   c.amount = p.amount AS sound
            FROM sandbox_charges c
            LEFT JOIN asked p ON p.key = c.key",
    },
    Question {
        name: "no payment and no refund is without its order",
        rule: "C4",
        rows: "
            SELECT 'payment ' || p.id || ' of ' || p.amount || ' is for order ' || p.order_id AS what,
                   o.id IS NOT NULL AS sound
            FROM payments p LEFT JOIN orders o ON o.id = p.order_id
            UNION ALL
            SELECT 'refund ' || r.id || ' of ' || r.amount || ' is for order ' || r.order_id, o.id IS NOT NULL
            FROM refunds r LEFT JOIN orders o ON o.id = r.order_id",
    },
];
