//! Settings that are settled with the first start on a database. Every amount in the books is a number of the currency's
//! smallest coins: with another one, 101 yen would become 1.01 dollars.

use crate::db::Tx;
use crate::entity::settled;
use crate::{Market, Result, Settings};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// The settings that are kept, as they are now. (The token's symbol is not among them: it is a name, and always has two
/// decimals. Fees and rewards are written down with each sale.)
fn kept(settings: &Settings) -> [(&'static str, String); 1] {
    [("currency", settings.currency.as_str().to_owned())]
}

/// Keeps what is not kept yet; a database of an older version goes on with the settings it is upgraded with. Fails when
/// something else was settled before.
pub(crate) async fn settle(market: &Market) -> Result<()> {
    market.db.write((), |tx, ()| Box::pin(settle_in(tx))).await
}

/// The same, in a transaction.
pub(crate) async fn settle_in(tx: &Tx) -> Result<()> {
    for (name, now) in kept(&tx.settings) {
        let row = settled::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(now.clone()),
        };
        let known = OnConflict::column(settled::Column::Name)
            .do_nothing()
            .to_owned();
        settled::Entity::insert(row)
            .on_conflict(known)
            .exec_without_returning(tx.db())
            .await?;
        let find = settled::Entity::find().filter(settled::Column::Name.eq(name));
        compare(name, now, find.one(tx.db()).await?)?;
    }
    Ok(())
}

/// Fails when something else was settled before; keeps nothing.
pub(crate) async fn check(market: &Market) -> Result<()> {
    for (name, now) in kept(&market.settings) {
        let find = settled::Entity::find().filter(settled::Column::Name.eq(name));
        compare(name, now, find.one(market.reader()).await?)?;
    }
    Ok(())
}

fn compare(name: &'static str, now: String, kept: Option<settled::Model>) -> Result<()> {
    match kept {
        Some(row) if row.value != now => Err(crate::Settled {
            name,
            kept: row.value,
            now,
        }
        .into()),
        _ => Ok(()),
    }
}
