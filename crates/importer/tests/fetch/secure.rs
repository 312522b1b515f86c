//! What comes over https must come from whom it says.

use importer::fetch::{FetchError, Fetcher, Guard};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use trial_web::shop::{HERE, Names, settings};
use url::Url;

/// A server with a certificate that it made itself.
async fn impostor() -> SocketAddr {
    let certified = rcgen::generate_simple_self_signed(["shop.example".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((HERE, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nforged").await;
                let _ = stream.shutdown().await;
            }
        }
    });
    address
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let address = impostor().await;
    let guard = Guard::new(&[]).allowing_for_tests(address);
    let fetcher = Fetcher::with(&settings(), guard, Names::answering(&[&[HERE]])).unwrap();
    let link = format!("https://shop.example:{}/", address.port());
    let answer = fetcher.page(&Url::parse(&link).unwrap()).await;
    assert_eq!(answer.unwrap_err(), FetchError::Insecure);
}
