use super::shape::Kind;
use sea_orm::{DbErr, QueryResult, Value};
use serde::{Deserialize, Serialize};

/// A value of a row, as JSON has it: whole numbers of 64 bits, text and truth survive exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Cell {
    Null,
    Boolean(bool),
    Integer(i64),
    Text(String),
}

/// In the order of its table's columns.
pub(super) type Row = Vec<Cell>;

impl Cell {
    pub fn read(row: &QueryResult, index: usize, kind: Kind) -> Result<Cell, DbErr> {
        let cell = match kind {
            Kind::Integer => row
                .try_get_by_index::<Option<i64>>(index)?
                .map(Cell::Integer),
            Kind::Text => row
                .try_get_by_index::<Option<String>>(index)?
                .map(Cell::Text),
            Kind::Boolean => row
                .try_get_by_index::<Option<bool>>(index)?
                .map(Cell::Boolean),
        };
        Ok(cell.unwrap_or(Cell::Null))
    }

    /// What a statement is given; `None` when this is no value of such a column.
    pub fn value(self, kind: Kind) -> Option<Value> {
        match (kind, self) {
            (Kind::Integer, Cell::Integer(number)) => Some(number.into()),
            (Kind::Text, Cell::Text(text)) => Some(text.into()),
            (Kind::Boolean, Cell::Boolean(truth)) => Some(truth.into()),
            (Kind::Integer, Cell::Null) => Some(None::<i64>.into()),
            (Kind::Text, Cell::Null) => Some(None::<String>.into()),
            (Kind::Boolean, Cell::Null) => Some(None::<bool>.into()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_survives_as_json() {
        let row = vec![
            Cell::Null,
            Cell::Boolean(true),
            Cell::Integer(i64::MIN),
            Cell::Integer(i64::MAX),
            Cell::Integer(9_007_199_254_740_993),
            Cell::Text("null".into()),
            Cell::Text(" \u{0}\u{1f}\"\\\r\n\u{2028}\u{fffd}\u{10ffff}".into()),
        ];
        let line = serde_json::to_vec(&row).unwrap();
        assert!(!line.contains(&b'\n'));
        assert_eq!(serde_json::from_slice::<Row>(&line).unwrap(), row);
        for other in ["[1.5]", "[9223372036854775808]", "[{}]"] {
            assert!(serde_json::from_str::<Row>(other).is_err(), "{other}");
        }
    }
}
