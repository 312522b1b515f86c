/// Defines an enum whose values are one fixed word each: the word in the database, in a URL, in a form and
/// on the wire is the same. `ALL` lists the values in the order they are written.
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
        #[cfg_attr(feature = "orm", sea_orm(value_type = "String", column_type = "Text"))]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every value, in a stable order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Its place among [`Self::ALL`].
            #[must_use]
            #[allow(clippy::as_conversions, reason = "values are numbered from 0 in the order they are written")]
            pub const fn place(self) -> usize {
                self as usize
            }

            /// The one word this value is stored and sent as.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text_enum::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::text_enum::UnknownWord { of: stringify!($name) }),
                }
            }
        }
    };
}

/// A word that is none of an enum's values.
#[derive(Debug, thiserror::Error)]
#[error("not a known {of}")]
pub struct UnknownWord {
    /// The enum's name.
    pub of: &'static str,
}

pub(crate) use text_enum;
