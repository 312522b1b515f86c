use super::patience::Patience;
use super::trouble::is_away;
use super::trust::Trust;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};
use std::future::Future;

/// Where reads outside of a transaction go. One that was cut off is begun anew: reading twice does no harm.
#[derive(Clone)]
pub(crate) struct Reader {
    pool: DatabaseConnection,
    trust: Trust,
}

impl Reader {
    pub(super) fn of(pool: DatabaseConnection, trust: &Trust) -> Reader {
        Reader {
            pool,
            trust: trust.clone(),
        }
    }

    /// For what takes more than one statement, which is not begun anew.
    pub(crate) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    pub(super) async fn close(self) -> Result<(), DbErr> {
        self.pool.close().await
    }

    async fn until_read<T, F>(&self, read: impl Fn() -> F + Send + Sync) -> Result<T, DbErr>
    where
        F: Future<Output = Result<T, DbErr>> + Send,
    {
        let mut patience = Patience::begin();
        loop {
            match read().await {
                Err(error) if is_away(&error) => {
                    self.trust.lose_after(&error);
                    if !patience.waits().await {
                        return Err(error);
                    }
                }
                answer => return answer,
            }
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    /// Nobody writes past [`super::Db::write`]; should somebody, it is not done twice.
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.pool.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.until_read(|| self.pool.query_one_raw(statement.clone()))
            .await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.until_read(|| self.pool.query_all_raw(statement.clone()))
            .await
    }
}
