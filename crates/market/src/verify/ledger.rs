//! The ledger's own rules.

use super::Question;

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "a transfer moves more than nothing between two accounts that count what it moves",
        rule: "L1",
        rows: "
            SELECT 'transfer ' || t.id || ' (' || t.key || ') moves ' || t.amount || ' ' || t.asset
                   || ' from ' || t.debit || ' to ' || t.credit AS what,
                   t.amount > 0 AND t.debit <> t.credit AND d.asset = t.asset AND c.asset = t.asset AS sound
            FROM transfers t
            LEFT JOIN ledger_accounts d ON d.code = t.debit
            LEFT JOIN ledger_accounts c ON c.code = t.credit",
    },
    Question {
        name: "what a transfer is for is there",
        rule: "L1",
        rows: "
            SELECT 'transfer ' || t.id || ' (' || t.key || ') is for order ' || COALESCE(CAST(t.order_id AS TEXT), '-')
                   || ', line ' || COALESCE(CAST(t.order_line_id AS TEXT), '-')
                   || ', offer ' || COALESCE(CAST(t.offer_id AS TEXT), '-') AS what,
                   (t.order_id IS NULL OR o.id IS NOT NULL) AND (t.order_line_id IS NULL OR l.order_id = t.order_id)
                   AND (t.offer_id IS NULL OR f.id IS NOT NULL) AS sound
            FROM transfers t
            LEFT JOIN orders o ON o.id = t.order_id
            LEFT JOIN order_lines l ON l.id = t.order_line_id
            LEFT JOIN offers f ON f.id = t.offer_id
            WHERE t.order_id IS NOT NULL OR t.order_line_id IS NOT NULL OR t.offer_id IS NOT NULL",
    },
    Question {
        name: "a key stands for one transfer",
        rule: "L4",
        rows: "
            SELECT 'key ' || key || ' stands for ' || COUNT(*) || ' transfers' AS what, COUNT(*) = 1 AS sound
            FROM transfers
            GROUP BY key",
    },
    Question {
        name: "a kept balance is what the account's transfers come to",
        rule: "L2",
        rows: "
            SELECT a.code || ' keeps ' || COALESCE(CAST(a.balance AS TEXT), 'no balance')
                   || ', its transfers come to ' || COALESCE(m.total, 0) AS what,
                   CASE WHEN a.code IN ('issuance', 'payments', 'fees', 'refunds') THEN a.balance IS NULL
                        ELSE a.balance = COALESCE(m.total, 0) END AS sound
            FROM ledger_accounts a
            LEFT JOIN (SELECT code, SUM(change) AS total
                       FROM (SELECT credit AS code, amount AS change FROM transfers
                             UNION ALL SELECT debit, -amount FROM transfers) AS moved
                       GROUP BY code) m ON m.code = a.code",
    },
    Question {
        name: "no wallet and no escrow is below zero",
        rule: "L2",
        rows: "
            SELECT code || ' holds ' || balance AS what, balance >= 0 AS sound
            FROM ledger_accounts
            WHERE balance IS NOT NULL AND code NOT LIKE 'payable:%'",
    },
    Question {
        name: "every store has a wallet and a payable",
        rule: "L2",
        rows: "
            SELECT 'store ' || s.id || ' lacks one of wallet:' || s.id || ' and payable:' || s.id AS what,
                   w.asset = 'token' AND p.asset = 'money' AS sound
            FROM stores s
            LEFT JOIN ledger_accounts w ON w.code = 'wallet:' || s.id
            LEFT JOIN ledger_accounts p ON p.code = 'payable:' || s.id",
    },
    Question {
        name: "all accounts of an asset together hold nothing",
        rule: "L3",
        rows: "
            SELECT a.asset || ' accounts together hold ' || SUM(COALESCE(a.balance, m.total, 0)) AS what,
                   SUM(COALESCE(a.balance, m.total, 0)) = 0 AS sound
            FROM ledger_accounts a
            LEFT JOIN (SELECT code, SUM(change) AS total
                       FROM (SELECT credit AS code, amount AS change FROM transfers
                             UNION ALL SELECT debit, -amount FROM transfers) AS moved
                       GROUP BY code) m ON m.code = a.code
            GROUP BY a.asset",
    },
    Question {
        name: "tokens enter by a welcome grant or a mint and leave by a burn",
        rule: "L3",
        rows: "
            SELECT 'transfer ' || id || ' (' || key || ') is a ' || kind || ' from ' || debit || ' to ' || credit
                   AS what,
                   CASE WHEN debit = 'issuance' THEN kind IN ('welcome', 'mint') AND credit LIKE 'wallet:%'
                        ELSE kind = 'burn' AND debit LIKE 'wallet:%' END AS sound
            FROM transfers
            WHERE debit = 'issuance' OR credit = 'issuance' OR kind IN ('welcome', 'mint', 'burn')",
    },
];
