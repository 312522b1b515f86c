use super::archive::{Archive, Writer};
use super::cell::{Cell, Row};
use super::progress::{Progress, Told};
use super::shape::Table;
use crate::{Market, Result, picture};

/// Tables whose rows speak of a picture's files, each by its column `key`.
const SPOKEN_OF: &[&str] = &["pictures", "import_pictures"];

/// How many are told of at once.
const TOLD: usize = 100;

/// The keys of all pictures that rows speak of.
#[derive(Default)]
pub(super) struct Keys(Vec<String>);

impl Keys {
    pub fn note(&mut self, table: &Table, row: &Row) {
        if !SPOKEN_OF.contains(&table.name.as_str()) {
            return;
        }
        for (column, cell) in table.columns.iter().zip(row) {
            if let (true, Cell::Text(key)) = (column.name == "key", cell) {
                self.0.push(key.clone());
            }
        }
    }

    /// Copies their files. What was removed since the rows were read still lies beside them.
    pub async fn copy(&self, market: &Market, to: &mut Writer, told: &Told) -> Result<()> {
        let of = u64::try_from(self.0.len()).unwrap_or(u64::MAX);
        for (keys, done) in self.0.chunks(TOLD).zip(1_u64..) {
            for key in keys {
                for name in picture::file_names(key) {
                    match picture::kept(market, &name).await? {
                        Some(content) => to.picture(&name, &content)?,
                        None => to.no_picture(&name),
                    }
                }
            }
            let done = of.min(done.saturating_mul(100));
            told(Progress::Pictures { done, of });
        }
        Ok(())
    }
}

/// Writes a backup's pictures where they are served from. What is there and the same stays.
pub(super) async fn put_back(market: &Market, from: &Archive, told: &Told) -> Result<()> {
    let of = u64::try_from(from.pictures.len()).unwrap_or(u64::MAX);
    for ((name, span), done) in from.pictures.iter().zip(1_u64..) {
        let content = from.picture(*span)?;
        let there = picture::content(market, name).await.ok().flatten();
        if there.is_none_or(|there| there.content != content) {
            picture::put(market, name, content).await?;
        }
        told(Progress::Pictures { done, of });
    }
    Ok(())
}
