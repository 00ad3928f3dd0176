'use strict';
// Runs one function written for the original: node host.js [handler], in the folder of its source. It listens on
// 127.0.0.1:$PORT once the function is loaded, and answers only who sends $DISPATCH_HOST_TOKEN. What goes in and out:
// docs/reference/functions.md.

const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const path = require('path');
const util = require('util');

const MOST_OUTPUT = 32768; // characters of each stream that are kept of a call

const token = Buffer.from(`Bearer ${process.env.DISPATCH_HOST_TOKEN}`);
delete process.env.DISPATCH_HOST_TOKEN; // not for the function

const log = process.stderr.write.bind(process.stderr);

function fail(reason) {
  log(`${reason}\n`);
  process.exit(1);
}

class NoJson extends Error {
  constructor(why) {
    super(`the answer is no JSON: ${why}`);
  }
}

/** What is printed during a call, stream by stream; outside of calls it goes to the program's log. */
class Output {
  constructor(stream) {
    this.kept = null;
    this.print = stream.write.bind(stream);
    stream.write = (chunk, encoding, callback) => this.write(chunk, encoding, callback);
  }

  write(chunk, encoding, callback) {
    if (this.kept === null) {
      return this.print(chunk, encoding, callback);
    }
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const room = MOST_OUTPUT - this.kept.length;
    this.kept += text.slice(0, room);
    this.cut = this.cut || text.length > room;
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') {
      process.nextTick(done);
    }
    return true;
  }

  begin() {
    this.kept = '';
    this.cut = false;
  }

  end() {
    const lines = this.kept.split('\n');
    if (lines[lines.length - 1] === '') {
      lines.pop();
    }
    if (this.cut) {
      lines.push(`(cut off after ${MOST_OUTPUT} characters)`);
    }
    this.kept = null;
    return lines;
  }
}

function handlerFile() {
  const folder = process.cwd();
  const given = process.argv[2];
  if (given) {
    const file = path.resolve(folder, given);
    if (!file.startsWith(folder + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
      fail(`handler ${given} is not a file of the source`);
    }
    return file;
  }
  const scripts = fs.readdirSync(folder).filter((name) => name.endsWith('.js') && !name.startsWith('.'));
  if (scripts.length !== 1) {
    fail(`the source holds ${scripts.length} files *.js at its top: say which one by handler`);
  }
  return path.join(folder, scripts[0]);
}

function load(file) {
  let loaded;
  try {
    loaded = require(file);
  } catch (thrown) {
    log(`${described(thrown).stacktrace.join('\n')}\n`);
    const missing = thrown instanceof Error && thrown.code === 'MODULE_NOT_FOUND';
    const advice = missing ? '; images are not run: put it into the archive' : '';
    fail(`${path.basename(file)} cannot be loaded: ${String(thrown).split('\n')[0]}${advice}`);
  }
  if (typeof loaded !== 'function') {
    fail(`${path.basename(file)} must set module.exports to a function (context, payload)`);
  }
  return loaded;
}

function described(thrown) {
  const isError = util.types.isNativeError(thrown) || thrown instanceof Error;
  return {
    type: thrown instanceof TypeError ? 'InputError' : 'FunctionError',
    message: isError ? String(thrown.message) : typeof thrown === 'string' ? thrown : util.inspect(thrown),
    stacktrace: isError && !(thrown instanceof NoJson) ? frames(thrown) : [],
  };
}

/** The stack without what belongs to this program. */
function frames(error) {
  return String(error.stack)
    .split('\n')
    .filter((line) => !line.includes(__filename));
}

/** The result as JSON text; what cannot be JSON is the function's error, whatever JavaScript calls it. */
function json(result) {
  let text;
  try {
    text = result === undefined ? 'null' : JSON.stringify(result);
  } catch (thrown) {
    throw new NoJson(String(thrown.message));
  }
  if (text === undefined) {
    throw new NoJson(`a ${typeof result}`);
  }
  return text;
}

const streams = { stdout: new Output(process.stdout), stderr: new Output(process.stderr) };
const handle = load(handlerFile());
let finish = null; // ends the call under way
let last = Promise.resolve(); // calls are made in turn
let stopping = false;

function call(body, response) {
  return new Promise((resolve) => {
    let ended = false;
    finish = (error, payload) => {
      if (ended) {
        return;
      }
      ended = true;
      finish = null;
      const stdout = streams.stdout.end();
      const stderr = streams.stderr.end();
      if (error) {
        stderr.push(...error.stacktrace);
      }
      const logs = { stderr: stderr.length ? stderr : null, stdout: stdout.length ? stdout : null };
      response.writeHead(200, { 'Content-Type': 'application/json', Connection: 'close' });
      response.end(`{"context":${JSON.stringify({ logs, error })},"payload":${payload}}`, resolve);
    };
    streams.stdout.begin();
    streams.stderr.begin();
    const { context, payload } = body;
    new Promise((done) => done(handle(context, payload)))
      .then(json)
      .then(
        (text) => finish && finish(null, text),
        (thrown) => finish && finish(described(thrown), 'null'),
      );
  });
}

function exitIfStopping() {
  if (stopping) {
    process.exit(0);
  }
}

const server = http.createServer((request, response) => {
  const given = Buffer.from(request.headers.authorization || '');
  if (given.length !== token.length || !crypto.timingSafeEqual(given, token)) {
    response.writeHead(401, { Connection: 'close' }).end();
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let body;
    try {
      body = JSON.parse(Buffer.concat(chunks).toString());
    } catch (thrown) {
      response.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    last = last.then(() => call(body, response)).then(exitIfStopping);
  });
});

// What a callback throws when nobody can catch it any more: an answer for the call under way, then a fresh process.
process.on('uncaughtException', (thrown) => {
  const error = described(thrown);
  log(`${error.stacktrace.join('\n') || error.message}\n`);
  if (!finish) {
    process.exit(1);
  }
  finish(error, 'null');
  last.then(() => process.exit(1));
});

process.on('SIGTERM', () => {
  stopping = true;
  if (!finish) {
    process.exit(0);
  }
});

server.listen(Number(process.env.PORT), '127.0.0.1');
