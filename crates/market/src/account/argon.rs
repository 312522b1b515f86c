//! Argon2 in memory that each thread keeps. Some 20 MiB taken anew for every hash end up scattered over the heap, where
//! they are never given back: sixty log-ins at once left hundreds of megabytes behind.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{CustomizedPasswordHasher, Error, PasswordHasher, Result};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::cell::RefCell;

thread_local! {
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

/// Makes argon2id hashes, and verifies them whatever their parameters are.
pub(super) struct KeptArgon2;

impl PasswordHasher<PasswordHash> for KeptArgon2 {
    fn hash_password_with_salt(&self, password: &[u8], salt: &[u8]) -> Result<PasswordHash> {
        self.hash_password_with_params(password, salt, Params::default())
    }
}

impl CustomizedPasswordHasher<PasswordHash> for KeptArgon2 {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> Result<PasswordHash> {
        let algorithm = algorithm.map_or(Ok(Algorithm::default()), Algorithm::try_from)?;
        let version = version.map_or(Ok(Version::default()), Version::try_from)?;
        let salt = Salt::new(salt)?;
        let mut output = [0; Output::MAX_LENGTH];
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let output = output.get_mut(..length).ok_or(Error::OutputSize)?;
        let argon = Argon2::new(algorithm, version, params.clone());
        MEMORY.with_borrow_mut(|memory| {
            memory.resize(params.block_count(), Block::new());
            argon.hash_password_into_with_memory(password, &salt, output, memory)
        })?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(salt),
            hash: Some(Output::new(output)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordVerifier;

    /// The library's own way, in memory of its own.
    fn fresh() -> Argon2<'static> {
        Argon2::default()
    }

    #[test]
    fn what_was_hashed_before_changes_no_hash() {
        let salt = b"0123456789abcdef";
        let first = KeptArgon2.hash_password_with_salt(b"mugs", salt).unwrap();
        KeptArgon2.hash_password_with_salt(b"bowls", salt).unwrap();
        let again = KeptArgon2.hash_password_with_salt(b"mugs", salt).unwrap();
        assert_eq!(first, again);
        assert_eq!(
            first,
            fresh().hash_password_with_salt(b"mugs", salt).unwrap()
        );
    }

    #[test]
    fn hashes_of_other_parameters_are_verified_with_theirs() {
        let smaller = Params::new(64, 3, 2, Some(24)).unwrap();
        let salt = b"0123456789abcdef";
        let hash = fresh()
            .hash_password_with_params(b"mugs", salt, smaller)
            .unwrap();
        KeptArgon2.hash_password_with_salt(b"bowls", salt).unwrap();
        KeptArgon2.verify_password(b"mugs", &hash).unwrap();
        KeptArgon2.verify_password(b"bowls", &hash).unwrap_err();
    }
}
