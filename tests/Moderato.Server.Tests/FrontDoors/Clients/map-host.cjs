// Loaded before a client whose host is fixed: connections to that host go to the test's TLS endpoint. Its certificate is checked as ever.
const tls = require('node:tls');

const [host, port] = [process.env.MAPPED_HOST, Number(process.env.MAPPED_PORT)];
const connect = tls.connect;
tls.connect = (...args) => {
  const options = args.find(arg => arg && typeof arg === 'object');
  if (options && options.host === host) {
    Object.assign(options, { host: '127.0.0.1', port, servername: host });
  }

  return connect(...args);
};
