use serde::{Deserialize, Serialize};

/// The highest page number anyone can ask for: a bound on how far an `OFFSET` walks.
pub const MAX_PAGE: u32 = 500;

/// Which page of a list: 1 is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageRequest(u32);

impl PageRequest {
    /// The first page.
    pub const FIRST: PageRequest = PageRequest(1);

    /// Page `number`, brought into `1..=MAX_PAGE`.
    #[must_use]
    pub fn new(number: u32) -> PageRequest {
        PageRequest(number.clamp(1, MAX_PAGE))
    }

    /// Reads `?page=`: anything that is not a number is the first page.
    #[must_use]
    pub fn parse(text: Option<&str>) -> PageRequest {
        PageRequest::new(text.and_then(|t| t.parse().ok()).unwrap_or(1))
    }

    /// The page's number, from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.clamp(1, MAX_PAGE)
    }

    /// The last page instead of one beyond it, of so many rows in pages of this size.
    #[must_use]
    pub fn within(self, size: u64, total: u64) -> PageRequest {
        PageRequest(self.number().min(pages(size, total)))
    }

    /// How many rows come before it.
    #[must_use]
    pub fn offset(self, size: u64) -> u64 {
        u64::from(self.number() - 1) * size
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        PageRequest::FIRST
    }
}

/// How many pages of this size so many rows fill; at least 1.
fn pages(size: u64, total: u64) -> u32 {
    let pages = total.div_ceil(size.max(1)).clamp(1, u64::from(MAX_PAGE));
    u32::try_from(pages).unwrap_or(MAX_PAGE)
}

/// One page of a list in a stable order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// This page's number, from 1.
    pub page: u32,
    /// How many pages there are; at least 1.
    pub pages: u32,
    /// How many rows all pages hold together.
    pub total: u64,
}

impl<T> Page<T> {
    /// A page of `size` rows at most, out of `total`.
    #[must_use]
    pub fn new(rows: Vec<T>, request: PageRequest, size: u64, total: u64) -> Page<T> {
        Page {
            rows,
            page: request.number(),
            pages: pages(size, total),
            total,
        }
    }

    /// The same page with each row turned into something else.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(f).collect(),
            page: self.page,
            pages: self.pages,
            total: self.total,
        }
    }
}
