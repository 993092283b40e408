// BoringSSL, whose source the crate boring-sys carries, set up as an ordinary application of OpenSSL would do it.
// SPDX-License-Identifier: Apache-2.0
use boring::ssl::{
    HandshakeError, Ssl, SslContext, SslContextBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion,
};
use boring::x509::{X509VerifyError, X509};
use serde_json::{json, Value};
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(2);
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn say(line: Value) {
    println!("{line}");
}

fn text<'a>(request: &'a Value, field: &str) -> Option<&'a str> {
    request[field].as_str()
}

fn is_client(request: &Value) -> bool {
    text(request, "role") == Some("client")
}

fn verify_mode(request: &Value) -> SslVerifyMode {
    match text(request, "verify") {
        Some("required") => SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        Some("optional") => SslVerifyMode::PEER,
        _ => SslVerifyMode::NONE,
    }
}

fn load_trust(builder: &mut SslContextBuilder, path: &str, is_client: bool) -> Result<()> {
    builder.set_ca_file(path)?;
    if !is_client {
        for cert in X509::stack_from_pem(&std::fs::read(path)?)? {
            builder.add_client_ca(&cert)?;
        }
    }
    Ok(())
}

fn context(request: &Value) -> Result<SslContext> {
    let version = if text(request, "tls") == Some("1.2") {
        SslVersion::TLS1_2
    } else {
        SslVersion::TLS1_3
    };
    let mut builder = SslContext::builder(SslMethod::tls())?;
    builder.set_min_proto_version(Some(version))?;
    builder.set_max_proto_version(Some(version))?;
    builder.set_verify(verify_mode(request));
    if let Some(depth) = request["depth"].as_u64() {
        builder.set_verify_depth(depth as u32);
    }
    if let Some(path) = text(request, "cert") {
        builder.set_certificate_chain_file(path)?;
    }
    if let Some(path) = text(request, "key") {
        builder.set_private_key_file(path, SslFiletype::PEM)?;
    }
    if let Some(path) = text(request, "trust") {
        load_trust(&mut builder, path, is_client(request))?;
    }
    Ok(builder.build())
}

fn open(request: &Value) -> Result<TcpStream> {
    if is_client(request) {
        return Ok(TcpStream::connect((
            "127.0.0.1",
            request["port"].as_u64().unwrap_or(0) as u16,
        ))?);
    }
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

fn expect_name(ssl: &mut Ssl, name: &str) -> Result<()> {
    match name.parse::<IpAddr>() {
        Ok(address) => ssl.param_mut().set_ip(address)?,
        Err(_) => {
            ssl.set_hostname(name)?;
            ssl.param_mut().set_host(name)?;
        }
    }
    Ok(())
}

fn exchange(request: &Value, context: &SslContext, log: &mut Vec<String>) -> Result<()> {
    let socket = open(request)?;
    socket.set_read_timeout(Some(LIMIT))?;
    socket.set_write_timeout(Some(LIMIT))?;
    socket.set_nodelay(true)?;
    let mut ssl = Ssl::new(context)?;
    if let (true, Some(name)) = (is_client(request), text(request, "name")) {
        expect_name(&mut ssl, name)?;
    }
    let result = if is_client(request) {
        ssl.connect(socket)
    } else {
        ssl.accept(socket)
    };
    let mut stream = match result {
        Ok(stream) => stream,
        Err(HandshakeError::SetupFailure(error)) => return Err(error.into()),
        Err(HandshakeError::Failure(failed) | HandshakeError::WouldBlock(failed)) => {
            if let Err(error) = failed.ssl().verify_result() {
                log.push(verify_error(error));
            }
            return Err(failed.into_error().into());
        }
    };
    if is_client(request) {
        stream.write_all(b"hello\n")?;
    }
    if stream.read(&mut [0; 64])? == 0 {
        return Err("closed before the line came".into());
    }
    if !is_client(request) {
        stream.write_all(b"ok\n")?;
    }
    stream.shutdown().ok();
    Ok(())
}

fn verify_error(error: X509VerifyError) -> String {
    format!("verify error:num={}:{}", error.as_raw(), error.error_string())
}

fn drive(request: &Value) -> Value {
    let context = match context(request) {
        Ok(context) => context,
        Err(error) => return json!({"id": request["id"], "refused": [error.to_string()]}),
    };
    let mut log = Vec::new();
    let result = exchange(request, &context, &mut log);
    if let Err(error) = &result {
        log.push(error.to_string());
    }
    json!({"id": request["id"], "handshake": result.is_ok(), "log": log})
}

fn main() {
    say(json!({"version": concat!("boring-sys ", env!("BORING_VERSION"))}));
    for line in BufReader::new(std::io::stdin())
        .lines()
        .map_while(std::result::Result::ok)
    {
        let request: Value = serde_json::from_str(&line).expect("a request in JSON");
        say(drive(&request));
    }
}
