use crate::error::Unavailable;
use crate::{Error, Result, Settings};
use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::client::ClientOptions;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{BackoffConfig, ObjectStore, ObjectStoreExt, RetryConfig};
use std::fmt;
use std::io;
use std::path::{self, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How long a bucket may take for one answer, and with all further tries.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(20));

/// A bucket at somebody who keeps files and speaks S3.
#[derive(Clone)]
pub struct Bucket {
    pub name: String,
    /// What the names of all files in it begin with, or nothing.
    pub folder: String,
    /// `https://` of who keeps it; `None`: Amazon.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

impl fmt::Debug for Bucket {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bucket { name, folder, .. } = self;
        write!(f, "Bucket({name}/{folder})")
    }
}

/// Where pictures' files lie: in a folder of this machine's, or in a bucket, which several machines share.
#[derive(Clone)]
pub(crate) struct Place {
    store: Arc<dyn ObjectStore>,
    within: Path,
    folder: Option<PathBuf>,
}

/// A file, and when it was put there.
pub struct Kept {
    pub content: Vec<u8>,
    pub changed: SystemTime,
}

impl Place {
    pub fn of(settings: &Settings) -> Result<Place> {
        match &settings.pictures {
            Some(bucket) => Place::in_bucket(bucket),
            None => Place::in_folder(&settings.data_dir.join("pictures")),
        }
    }

    /// The folder is made with the first file.
    fn in_folder(folder: &path::Path) -> Result<Place> {
        let folder = path::absolute(folder)?;
        Ok(Place {
            // What was put there is there, whole, even when the machine stops.
            store: Arc::new(LocalFileSystem::new().with_fsync(true)),
            within: Path::from_absolute_path(&folder).map_err(object_store::Error::from)?,
            folder: Some(folder),
        })
    }

    fn in_bucket(bucket: &Bucket) -> Result<Place> {
        let (one, all) = PATIENCE;
        // All but the first find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tries = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: 3,
            retry_timeout: all,
        };
        let mut store = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.access_key)
            .with_secret_access_key(&bucket.secret_key)
            .with_client_options(ClientOptions::new().with_timeout(one))
            .with_retry(tries);
        if let Some(endpoint) = &bucket.endpoint {
            store = store
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Place {
            store: Arc::new(store.build()?),
            within: Path::parse(&bucket.folder).map_err(object_store::Error::from)?,
            folder: None,
        })
    }

    /// Where a file lies on this machine, if they do.
    pub fn on_disk(&self, name: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(name))
    }

    /// Puts a file there, whole or not at all.
    pub async fn put(&self, name: &str, content: Vec<u8>) -> Result<()> {
        self.store.put(&self.at(name), content.into()).await?;
        Ok(())
    }

    /// `None` when there is none.
    pub async fn get(&self, name: &str) -> Result<Option<Kept>> {
        let found = match self.store.get(&self.at(name)).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            found => found?,
        };
        let changed = found.meta.last_modified.into();
        let content = found.bytes().await?.into();
        Ok(Some(Kept { content, changed }))
    }

    /// Gives a file another name; does nothing when there is none.
    pub async fn rename(&self, name: &str, to: &str) -> Result<()> {
        match self.store.rename(&self.at(name), &self.at(to)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            renamed => Ok(renamed?),
        }
    }

    /// Removes a file, if it is there.
    pub async fn remove(&self, name: &str) -> Result<()> {
        match self.store.delete(&self.at(name)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            removed => Ok(removed?),
        }
    }

    /// The folders in one.
    pub async fn folders(&self, within: &str) -> Result<Vec<String>> {
        let found = self
            .store
            .list_with_delimiter(Some(&self.at(within)))
            .await?;
        let names = found.common_prefixes.iter();
        Ok(names
            .filter_map(|folder| folder.filename().map(ToOwned::to_owned))
            .collect())
    }

    /// Removes a folder with all in it.
    pub async fn remove_folder(&self, name: &str) -> Result<()> {
        let files: Vec<_> = self.store.list(Some(&self.at(name))).try_collect().await?;
        for file in files {
            self.store.delete(&file.location).await?;
        }
        if let Some(folder) = self.on_disk(name) {
            tokio::fs::remove_dir_all(folder).await?;
        }
        Ok(())
    }

    fn at(&self, name: &str) -> Path {
        name.split('/')
            .fold(self.within.clone(), |path, part| path.join(part))
    }
}

impl From<object_store::Error> for Error {
    /// What a disk says is told as such.
    fn from(error: object_store::Error) -> Error {
        let of_disk = match &error {
            object_store::Error::Generic {
                store: DISK,
                source,
            } => first_io(source.as_ref()),
            _ => None,
        };
        match of_disk {
            Some(disk) => io::Error::new(disk.kind(), error.to_string()).into(),
            None => Error::Unavailable(Unavailable::Pictures(error.to_string())),
        }
    }
}

/// What `object_store` calls a folder in its errors.
const DISK: &str = "LocalFileSystem";

fn first_io<'e>(mut error: &'e (dyn std::error::Error + 'static)) -> Option<&'e io::Error> {
    loop {
        match error.downcast_ref() {
            Some(io) => return Some(io),
            None => error = error.source()?,
        }
    }
}
