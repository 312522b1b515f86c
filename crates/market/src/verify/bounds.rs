//! Numbers: none is beyond what the market's forms and rules can make.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[Question {
    name: "every amount and every count is within its bounds",
    rule: "L2",
    rows: "
            SELECT 'stores ' || id || ': shipping ' || shipping || ', free_shipping_from ' || COALESCE(CAST(free_shipping_from AS TEXT), 'none') AS what,
                   shipping BETWEEN 0 AND 1000000000
                   AND (free_shipping_from IS NULL OR free_shipping_from BETWEEN 0 AND 1000000000) AS sound
            FROM stores
            UNION ALL
            SELECT 'variants ' || id || ': price ' || price || ', received ' || received || ', on_hand ' || on_hand || ', held ' || held AS what,
                   price BETWEEN 1 AND 1000000000
                   AND received BETWEEN 0 AND 1000000000000
                   AND on_hand BETWEEN 0 AND 1000000
                   AND held BETWEEN 0 AND 1000000 AS sound
            FROM variants
            UNION ALL
            SELECT 'offers ' || id || ': rate ' || rate || ', open_units ' || open_units || ', held_units ' || held_units AS what,
                   rate BETWEEN 1 AND 1000000000
                   AND open_units BETWEEN 0 AND 100000000
                   AND held_units BETWEEN 0 AND 100000000 AS sound
            FROM offers
            UNION ALL
            SELECT 'ledger_accounts ' || code || ': balance ' || COALESCE(CAST(balance AS TEXT), 'none') AS what,
                   (balance IS NULL OR balance BETWEEN -1000000000000000000 AND 1000000000000000000) AS sound
            FROM ledger_accounts
            UNION ALL
            SELECT 'transfers ' || id || ': amount ' || amount AS what,
                   amount BETWEEN 1 AND 1000000000000000000 AS sound
            FROM transfers
            UNION ALL
            SELECT 'orders ' || id || ': items ' || items || ', shipping ' || shipping AS what,
                   items BETWEEN 1 AND 10000000000000
                   AND shipping BETWEEN 0 AND 10000000000000 AS sound
            FROM orders
            UNION ALL
            SELECT 'parcels ' || id || ': shipping ' || shipping AS what,
                   shipping BETWEEN 0 AND 1000000000 AS sound
            FROM parcels
            UNION ALL
            SELECT 'order_lines ' || id || ': price ' || price || ', rate ' || rate AS what,
                   price BETWEEN 1 AND 1000000000
                   AND rate BETWEEN 0 AND 1000000000 AS sound
            FROM order_lines
            UNION ALL
            SELECT 'payments ' || id || ': amount ' || amount AS what,
                   amount BETWEEN 1 AND 10000000000000 AS sound
            FROM payments
            UNION ALL
            SELECT 'refunds ' || id || ': units ' || units || ', amount ' || amount AS what,
                   units BETWEEN 0 AND 99
                   AND amount BETWEEN 1 AND 10000000000000 AS sound
            FROM refunds
            UNION ALL
            SELECT 'source_variants ' || variant_id || ': taken ' || taken AS what,
                   taken BETWEEN 0 AND 1000000 AS sound
            FROM source_variants",
}];
