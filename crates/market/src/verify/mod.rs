//! The audit: every invariant of the rules, asked of the rows themselves.
//!
//! It trusts nothing but the tables. Each check is one SQL statement that both engines read, over whole tables at
//! once, and all of them see the same moment, whatever is bought meanwhile.

mod bounds;
mod carts;
mod ledger;
mod offers;
mod orders;
mod payments;
mod stock;

use crate::db::one_moment;
use crate::{Error, Market, Result};
use model::Timestamp;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, QueryResult, RuntimeErr, SqlxError, Statement,
    TransactionOptions, TransactionTrait,
};

/// Breaches named in one check; the first ones tell what is wrong.
const NAMED: u32 = 20;

/// What an audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Every check, in a fixed order.
    pub checks: Vec<Check>,
}

impl Report {
    /// No rule is broken anywhere.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.breaches.is_empty())
    }
}

/// One invariant and what breaks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What must hold, in words.
    pub name: &'static str,
    /// The number of the rule it is from: `L2`.
    pub rule: &'static str,
    /// How many rows it looked at.
    pub looked_at: u64,
    /// The rows that break it, by name, at most 20.
    pub breaches: Vec<String>,
}

/// An invariant as SQL: a SELECT with a row for everything it looks at, `what` naming the row and saying how it
/// stands, and `sound` whether that is right. `{now}` stands for the present moment.
struct Question {
    name: &'static str,
    rule: &'static str,
    rows: &'static str,
}

/// Asks every question. Reads only; harmless while the market is open.
///
/// # Errors
/// [`crate::Error::Database`] when the database does not answer.
pub async fn run(market: &Market) -> Result<Report> {
    as_of(market, market.now()).await
}

/// The same, of a market that stood still since then: nothing is late that was not late at that time.
///
/// # Errors
/// [`crate::Error::Database`] when the database does not answer.
pub async fn as_of(market: &Market, now: Timestamp) -> Result<Report> {
    let moment = one_moment(market.reader()).await?;
    let mut checks = Vec::new();
    for subject in [
        bounds::QUESTIONS,
        ledger::QUESTIONS,
        offers::QUESTIONS,
        stock::QUESTIONS,
        orders::QUESTIONS,
        carts::QUESTIONS,
        payments::QUESTIONS,
    ] {
        for question in subject {
            checks.push(ask_apart(&moment, question, now).await?);
        }
    }
    moment.rollback().await?;
    Ok(Report { checks })
}

/// Asks in a savepoint of its own: a question that the database can't work out over these rows, such as a sum that no
/// number can hold, is a breach, and the next one is asked all the same.
async fn ask_apart(
    moment: &DatabaseTransaction,
    question: &Question,
    now: Timestamp,
) -> Result<Check> {
    let apart = moment
        .begin_with_options(TransactionOptions::default())
        .await?;
    let answer = ask(&apart, question, now).await;
    apart.rollback().await?;
    match answer {
        Err(Error::Database(problem)) if is_about_the_rows(&problem) => Ok(Check {
            name: question.name,
            rule: question.rule,
            looked_at: 1,
            breaches: vec![format!("can't be worked out over these rows: {problem}")],
        }),
        answer => answer,
    }
}

/// The database or the driver read the rows and could not make sense of them. Without an answer at all, nothing is
/// known about them.
fn is_about_the_rows(problem: &DbErr) -> bool {
    match problem {
        DbErr::Query(RuntimeErr::SqlxError(inner)) | DbErr::Exec(RuntimeErr::SqlxError(inner)) => {
            matches!(
                inner.as_ref(),
                SqlxError::Database(_) | SqlxError::ColumnDecode { .. } | SqlxError::Decode(_)
            )
        }
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => false,
        _ => true,
    }
}

/// Counts first: naming rows makes a text for each of them, which takes longer than everything else. What can't be
/// said to be sound is a breach too.
async fn ask(moment: &DatabaseTransaction, question: &Question, now: Timestamp) -> Result<Check> {
    let rows = question.rows.replace("{now}", &now.0.to_string());
    let counted = format!(
        "SELECT COUNT(*) AS looked_at, COUNT(CASE WHEN COALESCE(sound, FALSE) THEN NULL ELSE 1 END) AS breaches \
         FROM ({rows}) AS looked_at"
    );
    let mut check = Check {
        name: question.name,
        rule: question.rule,
        looked_at: 0,
        breaches: Vec::new(),
    };
    let mut breaches = 0_i64;
    for row in answer(moment, counted).await? {
        let looked_at: i64 = row.try_get("", "looked_at")?;
        check.looked_at = u64::try_from(looked_at).unwrap_or(0);
        breaches = row.try_get("", "breaches")?;
    }
    if breaches > 0 {
        let named = format!(
            "SELECT COALESCE(what, 'a row without a name') AS breach FROM ({rows}) AS looked_at \
             WHERE NOT COALESCE(sound, FALSE) ORDER BY what LIMIT {NAMED}"
        );
        for row in answer(moment, named).await? {
            check.breaches.push(row.try_get("", "breach")?);
        }
    }
    Ok(check)
}

async fn answer(moment: &DatabaseTransaction, sql: String) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_string(moment.get_database_backend(), sql);
    Ok(moment.query_all_raw(statement).await?)
}
