//! Who is who: two stores that a shopper would take for one another do not open beside each other, and where some
//! that are older stand in one view, they are told apart.

use crate::db::Tx;
use crate::entity::{store, store_name};
use crate::{Refusal, Result};
use model::{StoreId, fold};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};
use unicode_security::skeleton;

/// The spellings under which a name is known: as it is folded, and as it looks, whatever script its letters are of.
pub(crate) fn spellings(name: &str) -> BTreeSet<String> {
    let as_written: String = name.chars().map(looks_like).collect();
    let in_capitals: String = name.to_uppercase().chars().map(looks_like).collect();
    let looks = [as_written, in_capitals].map(|name| letters(&name).chars().map(alike).collect());
    [letters(name)].into_iter().chain(looks).collect()
}

/// Only what is heard of a name: `Kiln & Clay` and `kiln-and clay` are one. A name of signs alone stays as it is.
fn letters(name: &str) -> String {
    let folded = fold(name).replace('&', "and");
    let heard: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if heard.is_empty() { folded } else { heard }
}

/// The plain letter that one of another script looks like, if there is one.
fn looks_like(c: char) -> char {
    let mut same = skeleton(c.encode_utf8(&mut [0; 4]))
        .collect::<Vec<_>>()
        .into_iter();
    match (same.next(), same.next()) {
        _ if c.is_ascii() => c,
        (Some(plain), None) if plain.is_ascii_alphanumeric() => plain,
        _ => c,
    }
}

/// Figures and letters that are one stroke or one ring.
fn alike(c: char) -> char {
    match c {
        '1' | 'l' => 'i',
        '0' => 'o',
        c => c,
    }
}

/// Takes a name for a store, and gives back the one it had.
///
/// # Errors
/// [`Refusal::NameTaken`] when another store's name could be taken for it.
pub(super) async fn take(tx: &Tx, store: StoreId, name: &str) -> Result<()> {
    store_name::Entity::delete_many()
        .filter(store_name::Column::StoreId.eq(store))
        .exec(tx.db())
        .await?;
    refuse_taken(tx, name).await?;
    let rows = spellings(name)
        .into_iter()
        .map(|spelling| store_name::ActiveModel {
            spelling: Set(spelling),
            store_id: Set(store),
        });
    store_name::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// # Errors
/// [`Refusal::NameTaken`] when another store's name could be taken for it.
pub(super) async fn refuse_taken(tx: &Tx, name: &str) -> Result<()> {
    let taken = store_name::Entity::find()
        .filter(store_name::Column::Spelling.is_in(spellings(name)))
        .one(tx.db())
        .await?;
    match taken {
        Some(_) => Err(Refusal::NameTaken.into()),
        None => Ok(()),
    }
}

/// What the stores of one view are called in it: by name, and by web address, too, where names could be taken for one
/// another.
pub(crate) fn told_apart<'a>(
    stores: impl IntoIterator<Item = (StoreId, &'a str, &'a str)>,
) -> HashMap<StoreId, String> {
    let stores: HashMap<StoreId, (&str, &str)> = stores
        .into_iter()
        .map(|(id, name, slug)| (id, (name, slug)))
        .collect();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (name, _) in stores.values() {
        for spelling in spellings(name) {
            *known.entry(spelling).or_default() += 1;
        }
    }
    let is_shared = |name| {
        spellings(name)
            .iter()
            .any(|spelling| known.get(spelling) > Some(&1))
    };
    stores
        .into_iter()
        .map(|(id, (name, slug))| match is_shared(name) {
            true => (id, format!("{name} ({slug})")),
            false => (id, name.to_owned()),
        })
        .collect()
}

/// What the stores of some rows are called beside each other.
pub(crate) fn names_of<'a>(
    rows: impl IntoIterator<Item = &'a store::Model>,
) -> HashMap<StoreId, String> {
    let rows = rows.into_iter();
    told_apart(rows.map(|row| (row.id, row.name.as_str(), row.slug.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn could_be_taken_for(one: &str, other: &str) -> bool {
        !spellings(one).is_disjoint(&spellings(other))
    }

    #[test]
    fn names_that_read_or_look_alike_are_one() {
        for (one, other) in [
            ("Kiln & Clay", "kiln and clay"),
            ("Kiln & Clay", "KILN-&-CLAY."),
            ("Kiln & Clay", "Κiln & Clay"),
            ("Kiln & Clay", "Kiln & Сlау"),
            ("Kiln & Clay", "Ｋｉｌｎ ＆ Ｃｌａｙ"),
            ("Kiln & Clay", "Ki1n & C1ay"),
            ("Kiln & Clay", "KiIn & CIay"),
            ("Kiln & Clay", "𝐊𝐢𝐥𝐧 & Clay"),
            ("Kiln & Clay", "Kiln\u{2060} & Clay"),
            ("Kiln & Clay", "Kíln & Cláy"),
            ("Ann's", "Ann’s"),
            ("Straße", "STRASSE"),
            ("Καφές", "ΚΑΦΕΣ"),
            ("Сорт", "СОРТ"),
            ("Copt", "СОРТ"),
            ("Vase", "νase"),
            ("🎈", "🎈\u{fe0f}"),
        ] {
            assert!(could_be_taken_for(one, other), "{one} {other}");
        }
    }

    #[test]
    fn names_of_their_own_stay_their_own() {
        for (one, other) in [
            ("Kiln & Clay", "Kiln & Clays"),
            ("Mug 10", "Mug 11"),
            ("🎈", "🎁"),
            ("日本", "日木"),
            ("Barn", "Bam"),
            ("Loom Street", "Low Lamp"),
        ] {
            assert!(!could_be_taken_for(one, other), "{one} {other}");
        }
    }

    #[test]
    fn only_stores_that_could_be_mistaken_show_their_address() {
        let shown = told_apart([
            (StoreId(1), "Kiln & Clay", "kiln-and-clay"),
            (StoreId(2), "Kiln and Clay", "kiln-and-clay-2"),
            (StoreId(3), "Loom Street", "loom-street"),
            (StoreId(3), "Loom Street", "loom-street"),
        ]);
        assert_eq!(shown[&StoreId(1)], "Kiln & Clay (kiln-and-clay)");
        assert_eq!(shown[&StoreId(2)], "Kiln and Clay (kiln-and-clay-2)");
        assert_eq!(shown[&StoreId(3)], "Loom Street");
    }
}
