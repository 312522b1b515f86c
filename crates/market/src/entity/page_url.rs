//! The address of a page in another shop, as its column holds it.

use sea_orm::DeriveValueType;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use url::Url;

/// Read once, before it was written down.
#[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String", column_type = "Text")]
pub struct PageUrl(pub Url);

impl Deref for PageUrl {
    type Target = Url;

    fn deref(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PageUrl {
    type Err = url::ParseError;

    fn from_str(text: &str) -> Result<PageUrl, url::ParseError> {
        Url::parse(text).map(PageUrl)
    }
}
