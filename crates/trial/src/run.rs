//! Running a test where it takes place.

use crate::{Engine, Place, World};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use tokio::runtime::Builder;

/// Makes a test on each engine of every function named. What it takes says what it is given: an empty [`Place`], or a
/// [`World`].
#[macro_export]
macro_rules! both_engines {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, super::$test);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, super::$test);
            }
        }
    )+};
}

/// What a test can be given.
pub trait Setting: Clone {
    /// The database it is on. `None` when there is no server to test on and none is required.
    fn place(engine: Engine) -> impl Future<Output = Option<Place>>;

    fn set(place: &Arc<Place>) -> impl Future<Output = Self>;

    /// What must hold after every test.
    fn end(self) -> impl Future<Output = ()>;
}

/// An empty database.
impl Setting for Arc<Place> {
    async fn place(engine: Engine) -> Option<Place> {
        Place::empty(engine).await
    }

    async fn set(place: &Arc<Place>) -> Self {
        place.clone()
    }

    async fn end(self) {}
}

/// An empty market. After the test its books are audited.
impl Setting for World {
    async fn place(engine: Engine) -> Option<Place> {
        Place::migrated(engine).await
    }

    async fn set(place: &Arc<Place>) -> Self {
        World::new(&place.url, place.folder.path()).await
    }

    async fn end(self) {
        self.assert_sound().await;
        self.close().await;
    }
}

/// Runs a test on an engine, and erases what it was on.
pub fn run<S: Setting, F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(S) -> F) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let Some(place) = runtime.block_on(S::place(engine)) else {
        return;
    };
    let place = Arc::new(place);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let setting = S::set(&place).await;
            test(setting.clone()).await;
            setting.end().await;
        });
    }));
    runtime.block_on(place.erase());
    if let Err(failed) = outcome {
        resume_unwind(failed);
    }
}
