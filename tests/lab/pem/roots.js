// How many of the roots a, b and c Node trusts when given each file: it says so of a server below each.
const fs = require('fs');
const path = require('path');
const tls = require('tls');

function trusts(ca, folder, name) {
  return new Promise((done) => {
    const options = {
      key: fs.readFileSync(path.join(folder, `leaf-${name}.key`)),
      cert: fs.readFileSync(path.join(folder, `leaf-${name}.pem`)),
    };
    const server = tls.createServer(options, (socket) => socket.end()).on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1', () => {
      const where = { port: server.address().port, host: '127.0.0.1', servername: 'localhost', ca };
      const end = (answer) => { server.close(); done(answer); };
      const client = tls.connect({ ...where, rejectUnauthorized: false }, () => {
        const answer = client.authorized;
        client.destroy();
        end(answer);
      });
      client.on('error', () => end(false));
    });
  });
}

(async () => {
  for (const file of process.argv.slice(2)) {
    let count = 0;
    for (const name of ['a', 'b', 'c']) count += await trusts(fs.readFileSync(file), path.dirname(file), name);
    console.log(count);
  }
})();
