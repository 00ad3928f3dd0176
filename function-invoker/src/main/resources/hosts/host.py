"""Runs one function written for the original: python3 host.py [module.function], in the folder of its source.

It listens on 127.0.0.1:$PORT once the function is loaded, and answers only who sends $DISPATCH_HOST_TOKEN. What goes in and
out: docs/reference/functions.md.
"""

import hmac
import importlib
import io
import json
import os
import signal
import socketserver
import sys
import traceback
from http.server import BaseHTTPRequestHandler

MOST_OUTPUT = 32768  # bytes of each stream that are kept of a call


class Output(io.RawIOBase):
    """What is printed during a call; outside of calls it goes to the program's log."""

    def __init__(self, descriptor):
        super().__init__()
        self.descriptor = descriptor
        self.kept = None
        self.cut = False

    def writable(self):
        return True

    def fileno(self):
        return self.descriptor

    def write(self, data):
        data = bytes(data)
        if self.kept is None:
            os.write(self.descriptor, data)
        else:
            room = MOST_OUTPUT - len(self.kept)
            self.kept += data[:room]
            self.cut = self.cut or len(data) > room
        return len(data)

    def begin(self):
        self.kept = b""
        self.cut = False

    def end(self):
        lines = self.kept.decode("utf-8", "replace").split("\n")
        if lines[-1] == "":
            lines.pop()
        if self.cut:
            lines.append("(cut off after %d bytes)" % MOST_OUTPUT)
        self.kept = None
        return lines


def fail(reason):
    os.write(2, (reason + "\n").encode("utf-8", "replace"))
    os._exit(1)


def load(name):
    if name:
        module, _, attribute = name.rpartition(".")
        if not module:
            fail("handler %s must be module.function" % name)
    else:
        scripts = [file for file in os.listdir() if file.endswith(".py") and not file.startswith(".")]
        if len(scripts) != 1:
            fail("the source holds %d files *.py at its top: say which one by handler" % len(scripts))
        module, attribute = scripts[0][: -len(".py")], "handle"
    try:
        loaded = importlib.import_module(module)
    except BaseException as thrown:
        traceback.print_exc()
        advice = "; images are not run: put it into the archive" if isinstance(thrown, ModuleNotFoundError) else ""
        fail("%s cannot be loaded: %s: %s%s" % (module, type(thrown).__name__, thrown, advice))
    if not os.path.realpath(getattr(loaded, "__file__", None) or "").startswith(os.getcwd() + os.sep):
        fail("handler %s names no module of the source" % name)
    handle = getattr(loaded, attribute, None)
    if not callable(handle):
        fail("%s has no function %s(context, payload)" % (module, attribute))
    return handle


def error(thrown):
    return {
        "type": "InputError" if isinstance(thrown, (ValueError, TypeError)) else "FunctionError",
        "message": str(thrown) if isinstance(thrown, Exception) and str(thrown) else repr(thrown),
        # Without the frame of this program, the first one.
        "stacktrace": [
            line
            for part in traceback.format_exception(type(thrown), thrown, thrown.__traceback__.tb_next)
            for line in part.rstrip("\n").split("\n")
        ],
    }


def call(body):
    failure, payload = None, "null"
    for output in (stdout, stderr):
        output.begin()
    try:
        result = handle(body.get("context"), body.get("payload"))
    except BaseException as thrown:  # SystemExit too: the process is for the next call as well
        failure = error(thrown)
    else:
        try:
            payload = json.dumps(result, allow_nan=False)
        except Exception as thrown:
            failure = {"type": "FunctionError", "message": "the answer is no JSON: %s" % thrown, "stacktrace": []}
    printed, complained = stdout.end(), stderr.end()
    if failure:
        complained += failure["stacktrace"]
    context = {"logs": {"stderr": complained or None, "stdout": printed or None}, "error": failure}
    return '{"context":%s,"payload":%s}' % (json.dumps(context), payload)


class Call(BaseHTTPRequestHandler):
    def do_POST(self):
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), token):
            self.send_error(401)
            return
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        except ValueError:
            self.send_error(400)
            return
        answer = call(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass  # calls are recorded where they are made


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128

    def process_request(self, request, client_address):
        global busy
        busy = True
        super().process_request(request, client_address)
        busy = False
        if stopping:
            os._exit(0)


def stop(*_):
    global stopping
    stopping = True
    if not busy:
        os._exit(0)


token = ("Bearer " + os.environ.pop("DISPATCH_HOST_TOKEN")).encode()
port = int(os.environ.pop("PORT"))
name = sys.argv.pop(1) if len(sys.argv) > 1 else ""
busy = stopping = False
stdout, stderr = Output(1), Output(2)
sys.stdout = io.TextIOWrapper(stdout, encoding="utf-8", errors="replace", write_through=True)
sys.stderr = io.TextIOWrapper(stderr, encoding="utf-8", errors="replace", write_through=True)
sys.path[0] = os.getcwd()  # instead of this program's own folder
handle = load(name)
signal.signal(signal.SIGTERM, stop)
with Server(("127.0.0.1", port), Call) as server:
    server.serve_forever()
