// rustls as an ordinary application sets it up; the peer of the observer.
// SPDX-License-Identifier: Apache-2.0
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, ClientConnection, ConnectionCommon, DigitallySignedStruct, RootCertStore, ServerConfig};
use rustls::{ServerConnection, SideData, SignatureScheme, Stream, SupportedProtocolVersion};
use serde_json::{json, Value};
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ops::DerefMut;
use std::sync::Arc;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(2);
type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Own = Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>;

fn say(line: Value) {
    println!("{line}");
}

fn text<'a>(request: &'a Value, field: &str) -> Option<&'a str> {
    request[field].as_str()
}

fn version(request: &Value) -> [&'static SupportedProtocolVersion; 1] {
    match text(request, "tls") {
        Some("1.2") => [&rustls::version::TLS12],
        _ => [&rustls::version::TLS13],
    }
}

fn own(request: &Value) -> Result<Own> {
    let (Some(cert), Some(key)) = (text(request, "cert"), text(request, "key")) else {
        return Ok(None);
    };
    let chain = CertificateDer::pem_file_iter(cert)?.collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(Some((chain, PrivateKeyDer::from_pem_file(key)?)))
}

fn roots(request: &Value) -> Result<Arc<RootCertStore>> {
    let mut store = RootCertStore::empty();
    if let Some(path) = text(request, "trust") {
        for cert in CertificateDer::pem_file_iter(path)? {
            store.add(cert?)?;
        }
    }
    Ok(Arc::new(store))
}

fn crls(request: &Value) -> Result<Vec<CertificateRevocationListDer<'static>>> {
    let Some(path) = text(request, "crl") else {
        return Ok(Vec::new());
    };
    Ok(CertificateRevocationListDer::pem_file_iter(path)?.collect::<std::result::Result<Vec<_>, _>>()?)
}

/// The client that is told to verify nothing.
#[derive(Debug)]
struct Everybody;

impl ServerCertVerifier for Everybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

fn client(request: &Value) -> Result<ClientConnection> {
    let builder = ClientConfig::builder_with_protocol_versions(&version(request));
    let builder = if text(request, "verify") == Some("none") {
        builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Everybody))
    } else {
        let verifier = WebPkiServerVerifier::builder(roots(request)?)
            .with_crls(crls(request)?)
            .build()?;
        builder.with_webpki_verifier(verifier)
    };
    let config = match own(request)? {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key)?,
        None => builder.with_no_client_auth(),
    };
    let name = ServerName::try_from(text(request, "name").unwrap_or_default().to_owned())?;
    Ok(ClientConnection::new(Arc::new(config), name)?)
}

fn server(request: &Value) -> Result<ServerConnection> {
    let builder = ServerConfig::builder_with_protocol_versions(&version(request));
    let builder = if text(request, "verify") == Some("none") {
        builder.with_no_client_auth()
    } else {
        let verifier = WebPkiClientVerifier::builder(roots(request)?).with_crls(crls(request)?);
        let optional = text(request, "verify") == Some("optional");
        let verifier = if optional {
            verifier.allow_unauthenticated()
        } else {
            verifier
        };
        builder.with_client_cert_verifier(verifier.build()?)
    };
    let Some((chain, key)) = own(request)? else {
        return Err("a server needs a certificate".into());
    };
    Ok(ServerConnection::new(Arc::new(builder.with_single_cert(chain, key)?))?)
}

fn accept(request: &Value) -> Result<TcpStream> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    say(json!({"id": request["id"], "listening": listener.local_addr()?.port()}));
    listener.set_nonblocking(true)?;
    let start = Instant::now();
    loop {
        match listener.accept() {
            Ok((socket, _)) => {
                socket.set_nonblocking(false)?;
                return Ok(socket);
            }
            Err(_) if start.elapsed() < LIMIT => std::thread::sleep(Duration::from_millis(1)),
            Err(error) => return Err(error.into()),
        }
    }
}

fn exchange<C, S>(request: &Value, connection: &mut C) -> Result<()>
where
    C: DerefMut<Target = ConnectionCommon<S>>,
    S: SideData,
{
    let is_client = text(request, "role") == Some("client");
    let mut socket = if is_client {
        TcpStream::connect(("127.0.0.1", request["port"].as_u64().unwrap_or(0) as u16))?
    } else {
        accept(request)?
    };
    socket.set_read_timeout(Some(LIMIT))?;
    socket.set_write_timeout(Some(LIMIT))?;
    socket.set_nodelay(true)?;
    if is_client {
        Stream::new(connection, &mut socket).write_all(b"hello\n")?;
    }
    let mut line = [0; 64];
    if Stream::new(connection, &mut socket).read(&mut line)? == 0 {
        return Err("closed before the line came".into());
    }
    if !is_client {
        Stream::new(connection, &mut socket).write_all(b"ok\n")?;
    }
    connection.send_close_notify();
    connection.complete_io(&mut socket).ok();
    Ok(())
}

fn drive<C, S>(request: &Value, set_up: Result<C>) -> Value
where
    C: DerefMut<Target = ConnectionCommon<S>>,
    S: SideData,
{
    match set_up {
        Err(error) => json!({"id": request["id"], "refused": [error.to_string()]}),
        Ok(mut connection) => match exchange(request, &mut connection) {
            Ok(()) => json!({"id": request["id"], "handshake": true, "log": []}),
            Err(error) => json!({"id": request["id"], "handshake": false, "log": [error.to_string()]}),
        },
    }
}

fn main() {
    ring::default_provider().install_default().expect("the first provider");
    say(json!({"version": env!("RUSTLS_VERSION")}));
    for line in BufReader::new(std::io::stdin())
        .lines()
        .map_while(std::result::Result::ok)
    {
        let request: Value = serde_json::from_str(&line).expect("a request in JSON");
        say(match text(&request, "role") {
            Some("client") => drive(&request, client(&request)),
            _ => drive(&request, server(&request)),
        });
    }
}
