//! What a product's form asks, over what it has become since the form was shown.

use super::list::shown;
use super::lock_owned;
use super::publish::{as_shown, publish_in};
use super::save::{VARIANTS_EVER, insert_variant, rewrite_in};
use crate::db::Tx;
use crate::entity::{product, variant};
use crate::ledger::{self, Journal};
use crate::offer::coverage;
use crate::store::Owner;
use crate::sums::{less, plus};
use crate::{Error, Market, Refusal, Result, stock};
use model::{
    FieldError, ProductChange, ProductId, ProductState, Settling, StockShown, StockWish,
    VariantChange, VariantForm, VariantId, VariantWish, fold, limits,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

/// Changes a product and its stock: only what the form has shown, and only while that is still so. Coverage that the
/// new stock no longer carries goes back to the wallet in the same transaction (R4).
///
/// # Errors
/// [`Error::Clash`] when somebody else changed the same fields; [`Error::Invalid`] when the variants do not go
/// together; [`Error::NotFound`] for another store's product; [`Refusal::StockOnHold`] and [`Refusal::VariantOnHold`]
/// when shoppers who are paying now need the units; [`Refusal::StockFull`]; [`Refusal::VariantsFull`].
pub async fn update(
    market: &Market,
    owner: Owner,
    id: ProductId,
    change: ProductChange,
) -> Result<()> {
    market
        .db
        .write((owner, id, change), |tx, (owner, id, change)| {
            Box::pin(async move {
                let row = lock_owned(tx, owner, id).await?;
                change_in(tx, owner, row, change).await
            })
        })
        .await
}

/// Changes a product as [`update`] does, and puts it on its maker's own shelf.
///
/// # Errors
/// Those of [`update`]; [`Refusal::StandingChanged`] when it does not stand as it was `standing`.
pub async fn publish_changed(
    market: &Market,
    owner: Owner,
    id: ProductId,
    change: ProductChange,
    standing: String,
) -> Result<()> {
    market
        .db
        .write(
            (owner, id, change, standing),
            |tx, (owner, id, change, standing)| {
                Box::pin(async move {
                    let row = lock_owned(tx, owner, id).await?;
                    as_shown(tx, &row, ProductState::Published, Some(&standing)).await?;
                    change_in(tx, owner, row, change).await?;
                    publish_in(tx, owner, id).await
                })
            },
        )
        .await
}

async fn change_in(
    tx: &Tx,
    owner: Owner,
    mut row: product::Model,
    change: ProductChange,
) -> Result<()> {
    let id = row.id;
    let present = stock::lock(tx, [id]).await?;
    let mut settling = Settling::new();
    let category = row.category.to_string();
    row.title = settling.field("title", change.title, row.title.clone(), &row.title);
    let described = row.description.clone();
    row.description = settling.field(
        "description",
        change.description,
        row.description,
        &described,
    );
    row.category = settling.field("category", change.category, row.category, &category);
    let steps = steps(tx, &present, change.variants, &mut settling)?;
    let steps = settling.finish(steps)?;
    go_together(&present, &steps)?;
    let added = steps
        .iter()
        .filter(|(_, step)| matches!(step, Step::Add(_)));
    if present.len().saturating_add(added.count()) > VARIANTS_EVER {
        return Err(Refusal::VariantsFull.into());
    }

    rewrite_in(tx, owner, row).await?;
    let mut position = present.iter().map(|row| row.position).max().unwrap_or(0);
    for (_, step) in steps {
        if let Step::Add(new) = step {
            position = plus(position, 1)?;
            insert_variant(tx, id, position, new).await?;
        } else {
            step.take(tx).await?;
        }
    }
    let mut journal = Journal::new();
    coverage::trim(tx, &[id], &mut journal).await?;
    ledger::post(tx, journal).await
}

/// What is done about a variant.
enum Step {
    Add(model::NewVariant),
    Change { to: Box<variant::Model>, added: i64 },
    Retire(Box<variant::Model>),
}

impl Step {
    async fn take(self, tx: &Tx) -> Result<()> {
        match self {
            Step::Add(_) => Ok(()),
            Step::Change { to, added } => {
                stock::correct(tx, to.id, to.held, added).await?;
                let row = variant::ActiveModel {
                    id: Set(to.id),
                    name: Set(to.name),
                    sku: Set(to.sku),
                    price: Set(to.price),
                    ..Default::default()
                };
                row.update(tx.db()).await?;
                Ok(())
            }
            Step::Retire(gone) => {
                if gone.held > 0 {
                    return Err(Refusal::VariantOnHold.into());
                }
                stock::correct(tx, gone.id, gone.held, less(0, gone.on_hand)?).await?;
                let row = variant::ActiveModel {
                    id: Set(gone.id),
                    retired: Set(true),
                    ..Default::default()
                };
                row.update(tx.db()).await?;
                Ok(())
            }
        }
    }

    /// The variant it speaks of, if that is there already.
    fn about(&self) -> Option<VariantId> {
        match self {
            Step::Add(_) => None,
            Step::Change { to: row, .. } | Step::Retire(row) => Some(row.id),
        }
    }

    /// The name its variant has then, if there is one.
    fn name(&self) -> Option<&str> {
        match self {
            Step::Add(new) => Some(&new.name),
            Step::Change { to, .. } => Some(&to.name),
            Step::Retire(_) => None,
        }
    }
}

/// What is to be done, each step with its line in the form.
fn steps(
    tx: &Tx,
    present: &[variant::Model],
    wishes: Vec<(usize, VariantWish)>,
    settling: &mut Settling,
) -> Result<Vec<(usize, Step)>> {
    let mut steps: Vec<(usize, Step)> = Vec::with_capacity(wishes.len());
    let now = |id: VariantId| {
        let row = present.iter().find(|row| row.id == id);
        row.ok_or(Error::NotFound("variant"))
    };
    for (at, wish) in wishes {
        let step = match wish {
            VariantWish::Add(new) => Step::Add(new),
            VariantWish::Change(id, change) => {
                let row = now(id)?;
                if row.retired {
                    return Err(wrong(at, "name", GONE).into());
                }
                change_of(tx, at, row, change, settling)?
            }
            VariantWish::Remove(id, before) => {
                let row = now(id)?;
                if row.retired {
                    continue;
                }
                removed_as_shown(tx, at, row, &before, settling);
                Step::Retire(Box::new(row.clone()))
            }
        };
        if step.about().is_some() && steps.iter().any(|(_, other)| other.about() == step.about()) {
            return Err(wrong(at, "name", "Another line speaks of this variant too.").into());
        }
        steps.push((at, step));
    }
    Ok(steps)
}

const GONE: &str = "This variant was taken away since you opened this page. Take it away here too, or add it anew below.";

fn wrong(at: usize, field: &str, message: &str) -> Vec<FieldError> {
    vec![FieldError::new(format!("variants[{at}][{field}]"), message)]
}

fn change_of(
    tx: &Tx,
    at: usize,
    row: &variant::Model,
    change: VariantChange,
    settling: &mut Settling,
) -> Result<Step> {
    let field = |name: &str| format!("variants[{at}][{name}]");
    let shows = shown(row, tx.settings.currency);
    let mut to = row.clone();
    to.name = settling.field(&field("name"), change.name, to.name, &shows.name);
    to.sku = settling.field(&field("sku"), change.sku, to.sku, &shows.sku);
    to.price = settling.field(&field("price"), change.price, to.price, &shows.price);
    let added = match change.stock {
        None => 0,
        Some(wish) => difference(&field("stock"), row, wish, &shows.stock, settling)?,
    };
    Ok(Step::Change {
        to: Box::new(to),
        added,
    })
}

/// Units to be added. Sales since the page was shown are no matter: only what somebody put into stock by hand is.
fn difference(
    field: &str,
    row: &variant::Model,
    wish: StockWish,
    shows: &str,
    settling: &mut Settling,
) -> Result<i64> {
    let StockWish { shown, to } = wish;
    if to == row.on_hand {
        return Ok(0);
    }
    if shown.received != row.received {
        settling.clash(field, &to.to_string(), &row.on_hand.to_string(), shows);
        return Ok(0);
    }
    let change = less(to, shown.on_hand)?;
    if plus(row.on_hand, change)? < 0 {
        // More were sold meanwhile than she wanted to leave.
        settling.clash(field, &to.to_string(), &row.on_hand.to_string(), shows);
        return Ok(0);
    }
    Ok(change)
}

/// Nothing is taken away that has other words or figures than those shown; units sold since are no matter.
fn removed_as_shown(
    tx: &Tx,
    at: usize,
    row: &variant::Model,
    before: &VariantForm,
    settling: &mut Settling,
) {
    let field = |name: &str| format!("variants[{at}][{name}]");
    let shows = shown(row, tx.settings.currency);
    for (name, before, now) in [
        ("name", &before.name, &shows.name),
        ("sku", &before.sku, &shows.sku),
        ("price", &before.price, &shows.price),
    ] {
        if before != now {
            settling.clash(&field(name), before, now, now);
        }
    }
    let stock = before.stock.parse::<StockShown>().ok();
    if stock.is_none_or(|stock| stock.received != row.received) {
        let on_hand = stock.map_or(0, |stock| stock.on_hand).to_string();
        let now = row.on_hand.to_string();
        settling.clash(&field("stock"), &on_hand, &now, &shows.stock);
    }
}

/// Whether the product's variants can be told apart, those included that the form did not show.
fn go_together(present: &[variant::Model], steps: &[(usize, Step)]) -> Result<()> {
    let untouched = present
        .iter()
        .filter(|row| !row.retired)
        .filter(|row| !steps.iter().any(|(_, step)| step.about() == Some(row.id)))
        .map(|row| row.name.as_str());
    let mut names: Vec<&str> = untouched.collect();
    let asked = steps
        .iter()
        .filter_map(|(at, step)| Some((*at, step.name()?)));
    let asked: Vec<(usize, &str)> = asked.collect();
    let variants = names.len().saturating_add(asked.len());
    let about_all = |message: String| Err(vec![FieldError::new("variants", message)].into());
    if variants == 0 {
        return about_all("A product needs one variant at least.".to_owned());
    }
    if variants > limits::VARIANTS {
        return about_all(model::too_many());
    }
    for (at, name) in asked {
        if name.is_empty() && variants > 1 {
            let ask = "Name this variant, so that shoppers can tell it from the others.";
            return Err(wrong(at, "name", ask).into());
        }
        if names.iter().any(|other| fold(other) == fold(name)) {
            return Err(wrong(at, "name", "Another variant has this name.").into());
        }
        names.push(name);
    }
    Ok(())
}
