// s2n-tls as an ordinary application sets it up; the peer of the observer. Of the default only the delay is changed
// with which s2n-tls hides the time an error took, 10 to 30 seconds before the alert: the lab does not wait that long.
// SPDX-License-Identifier: Apache-2.0
use s2n_tls::callbacks::VerifyHostNameCallback;
use s2n_tls::config::{Builder, Config};
use s2n_tls::connection::Connection;
use s2n_tls::enums::{ClientAuthType, Mode};
use serde_json::{json, Value};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::task::Poll;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(2);
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn say(line: Value) {
    println!("{line}");
}

fn text<'a>(request: &'a Value, field: &str) -> Option<&'a str> {
    request[field].as_str()
}

/// A server expects no name of its clients; whom a certificate admits is for the application to say.
struct AnyName;

impl VerifyHostNameCallback for AnyName {
    fn verify_host_name(&self, _: &str) -> bool {
        true
    }
}

fn ask_for_certificates(builder: &mut Builder, verify: Option<&str>) -> Result<()> {
    builder.set_client_auth_type(match verify {
        Some("required") => ClientAuthType::Required,
        Some("optional") => ClientAuthType::Optional,
        _ => ClientAuthType::None,
    })?;
    builder.set_verify_host_callback(AnyName)?;
    Ok(())
}

fn configure(request: &Value) -> Result<Config> {
    let mut builder = Config::builder();
    let verify = text(request, "verify");
    builder.set_max_blinding_delay(0)?;
    builder.with_system_certs(false)?;
    if let (Some(cert), Some(key)) = (text(request, "cert"), text(request, "key")) {
        builder.load_pem(&std::fs::read(cert)?, &std::fs::read(key)?)?;
        builder.set_client_auth_type(ClientAuthType::Optional)?;
    }
    if let Some(trust) = text(request, "trust") {
        builder.trust_pem(&std::fs::read(trust)?)?;
    }
    if let Some(depth) = request["depth"].as_u64() {
        builder.set_max_cert_chain_depth(u16::try_from(depth)?)?;
    }
    if text(request, "role") == Some("server") {
        ask_for_certificates(&mut builder, verify)?;
    } else if verify == Some("none") {
        unsafe { builder.disable_x509_verification()? };
    }
    Ok(builder.build()?)
}

/// The socket, as s2n-tls reads and writes it. Its waits end by themselves, and then look like no data yet.
unsafe extern "C" fn receive(socket: *mut libc::c_void, bytes: *mut u8, size: u32) -> libc::c_int {
    libc::recv(socket as usize as libc::c_int, bytes.cast(), size as usize, 0) as libc::c_int
}

unsafe extern "C" fn send(socket: *mut libc::c_void, bytes: *const u8, size: u32) -> libc::c_int {
    libc::send(socket as usize as libc::c_int, bytes.cast(), size as usize, libc::MSG_NOSIGNAL) as libc::c_int
}

fn connection(request: &Value) -> Result<Connection> {
    let is_client = text(request, "role") == Some("client");
    let mut connection = Connection::new(if is_client { Mode::Client } else { Mode::Server });
    connection.set_config(configure(request)?)?;
    if let (true, Some(name)) = (is_client, text(request, "name")) {
        connection.set_server_name(name)?;
    }
    connection.set_receive_callback(Some(receive))?;
    connection.set_send_callback(Some(send))?;
    Ok(connection)
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

fn wait<T>(step: Poll<std::result::Result<T, s2n_tls::error::Error>>) -> Result<T> {
    match step {
        Poll::Ready(result) => Ok(result?),
        Poll::Pending => Err("timed out".into()),
    }
}

fn talk(connection: &mut Connection, is_client: bool) -> Result<()> {
    let mut line = [0; 64];
    wait(connection.poll_negotiate().map_ok(drop))?;
    if is_client {
        wait(connection.poll_send(b"hello\n"))?;
    }
    if wait(connection.poll_recv(&mut line))? == 0 {
        return Err("closed before the line came".into());
    }
    if !is_client {
        wait(connection.poll_send(b"ok\n"))?;
    }
    Ok(())
}

fn exchange(request: &Value, connection: &mut Connection) -> Result<()> {
    let is_client = text(request, "role") == Some("client");
    let socket = if is_client {
        TcpStream::connect(("127.0.0.1", request["port"].as_u64().unwrap_or(0) as u16))?
    } else {
        accept(request)?
    };
    socket.set_read_timeout(Some(LIMIT))?;
    socket.set_write_timeout(Some(LIMIT))?;
    socket.set_nodelay(true)?;
    unsafe {
        connection.set_receive_context(socket.as_raw_fd() as usize as *mut libc::c_void)?;
        connection.set_send_context(socket.as_raw_fd() as usize as *mut libc::c_void)?;
    }
    let result = talk(connection, is_client);
    let _ = connection.poll_shutdown_send().map_ok(drop);
    result
}

fn answer(request: &Value) -> Value {
    match connection(request) {
        Err(error) => json!({"id": request["id"], "refused": [error.to_string()]}),
        Ok(mut connection) => match exchange(request, &mut connection) {
            Ok(()) => json!({"id": request["id"], "handshake": true, "log": []}),
            Err(error) => json!({"id": request["id"], "handshake": false, "log": [error.to_string()]}),
        },
    }
}

fn main() {
    say(json!({"version": env!("S2N_VERSION")}));
    for line in BufReader::new(std::io::stdin())
        .lines()
        .map_while(std::result::Result::ok)
    {
        let request: Value = serde_json::from_str(&line).expect("a request in JSON");
        say(answer(&request));
    }
}
