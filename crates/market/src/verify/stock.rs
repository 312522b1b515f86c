//! Stock: what is on hand and what is on hold.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "the units of a variant on hold are those of its lines on hold",
        rule: "C2",
        rows: "
            SELECT 'variant ' || v.id || ' counts ' || v.held || ' held, its lines on hold come to '
                   || COALESCE(h.units, 0) AS what,
                   v.held = COALESCE(h.units, 0) AND v.held <= v.on_hand AS sound
            FROM variants v
            LEFT JOIN (SELECT l.variant_id, SUM(l.units) AS units
                       FROM order_lines l JOIN orders o ON o.id = l.order_id
                       WHERE o.state = 'held' GROUP BY l.variant_id) h ON h.variant_id = v.id",
    },
    Question {
        name: "on hand is what was received, less what was sold, with what was restocked",
        rule: "C4",
        rows: "
            SELECT 'variant ' || v.id || ' has ' || v.on_hand || ' on hand, ' || v.received || ' received less '
                   || COALESCE(s.gone, 0) || ' sold' AS what,
                   v.on_hand = v.received - COALESCE(s.gone, 0) AS sound
            FROM variants v
            LEFT JOIN (SELECT l.variant_id, SUM(l.units - l.restocked_units) AS gone
                       FROM order_lines l JOIN orders o ON o.id = l.order_id
                       WHERE o.state = 'paid' GROUP BY l.variant_id) s ON s.variant_id = v.id",
    },
    Question {
        name: "no hold outlives its time by more than five minutes",
        rule: "C3",
        rows: "
            SELECT 'order ' || number || ' is still on hold, ' || (({now} - hold_expires_at) / 60000)
                   || ' minutes past its time' AS what,
                   hold_expires_at + 300000 >= {now} AS sound
            FROM orders
            WHERE state = 'held'",
    },
];
