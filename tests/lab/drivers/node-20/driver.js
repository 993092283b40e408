// Node's tls module as an ordinary application sets it up; the peer of the observer.
// SPDX-License-Identifier: Apache-2.0
'use strict';
const fs = require('fs');
const net = require('net');
const readline = require('readline');
const tls = require('tls');

const LIMIT = 2000;

function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

function words(error) {
  return `${error.code}: ${error.message}`;
}

function optionsFor(request) {
  const read = (path) => (path ? fs.readFileSync(path) : undefined);
  const required = request.verify === 'required';
  return {
    minVersion: `TLSv${request.tls}`,
    maxVersion: `TLSv${request.tls}`,
    cert: read(request.cert),
    key: read(request.key),
    ca: read(request.trust),
    crl: read(request.crl),
    requestCert: request.role === 'server' && required,
    rejectUnauthorized: required,
  };
}

// Ends the run once: after the exchange, an error, a close or the time limit.
function finisher(request, log, close, resolve) {
  const timer = setTimeout(() => finish(false, 'timeout'), LIMIT);
  let done = false;
  function finish(handshake, reason) {
    if (done) return;
    done = true;
    clearTimeout(timer);
    if (reason) log.push(reason);
    close();
    resolve({ id: request.id, handshake, log });
  }
  return finish;
}

function serve(request, options) {
  return new Promise((resolve) => {
    const log = [];
    const server = tls.createServer(options);
    const finish = finisher(request, log, () => server.close(), resolve);
    server.on('tlsClientError', (error) => finish(false, words(error)));
    server.on('connection', (socket) => socket.on('close', () => setImmediate(() => finish(false))));
    server.on('secureConnection', (socket) => {
      socket.on('error', (error) => finish(false, words(error)));
      socket.once('data', () => {
        socket.end('ok\n', () => finish(true));
      });
    });
    server.listen(0, '127.0.0.1', () => say({ id: request.id, listening: server.address().port }));
  });
}

function connect(request, options) {
  return new Promise((resolve) => {
    const plain = net.connect(request.port, '127.0.0.1');
    const name = request.name || undefined;
    const identity = {
      socket: plain,
      host: name,
      servername: name && !net.isIP(name) && request.asks !== false ? name : undefined,
      ...(name ? {} : { checkServerIdentity: () => undefined }),
    };
    const log = [];
    const socket = tls.connect({ ...options, ...identity });
    const finish = finisher(request, log, () => socket.destroy(), resolve);
    socket.on('error', (error) => finish(false, words(error)));
    socket.on('close', () => finish(false));
    socket.on('secureConnect', () => socket.write('hello\n'));
    socket.once('data', () => finish(true));
  });
}

async function drive(request) {
  try {
    const options = optionsFor(request);
    tls.createSecureContext(options);
    return await (request.role === 'client' ? connect : serve)(request, options);
  } catch (error) {
    return { id: request.id, refused: [words(error)] };
  }
}

async function main() {
  say({ version: `${process.version} (OpenSSL ${process.versions.openssl})` });
  for await (const line of readline.createInterface({ input: process.stdin })) say(await drive(JSON.parse(line)));
}

main();
