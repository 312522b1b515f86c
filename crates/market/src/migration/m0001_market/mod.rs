use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_market"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("tables.sql")).await?;
        super::run(
            manager,
            match manager.get_database_backend() {
                DbBackend::Sqlite => include_str!("append_only_sqlite.sql"),
                _ => include_str!("append_only_postgres.sql"),
            },
        )
        .await
    }
}
