"""A site and a canary, both on loopback, on one port: what is meant for the one must never reach the other."""

import socket
import ssl
import subprocess
import threading
from contextlib import suppress

import pytest

from sayso.fetch import address

SITE, CANARY = "127.0.0.2", "127.0.0.1"


class Server:
    """Answers each request with what is written down for its path, and keeps what it was asked."""

    def __init__(self, host, port=0, wrap=lambda connection: connection):
        self.answers, self.asked = {}, []
        self.socket = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.port = self.socket.getsockname()[1]
        self.wrap = wrap
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.asked.append(b"")
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with suppress(OSError), self.wrap(connection) as talk:
            request = b""
            while b"\r\n\r\n" not in request and (piece := talk.recv(4096)):
                request += piece
            self.asked[-1] = request
            answer = self.answers.get(request.split(b" ")[1].decode() if b" " in request else "", b"")
            talk.sendall(answer) if isinstance(answer, bytes) else answer(talk)
            with suppress(OSError):
                talk.shutdown(socket.SHUT_WR)
            talk.settimeout(1)
            while talk.recv(4096):
                pass

    def close(self):
        self.socket.close()


def on_one_port(hosts, wrap=lambda connection: connection):
    for _ in range(20):
        first = Server(hosts[0], wrap=wrap)
        servers = [first]
        try:
            for host in hosts[1:]:
                servers.append(Server(host, first.port))  # noqa: PERF401 - those before a failure are to be closed
        except OSError:
            for server in servers:
                server.close()
        else:
            return servers
    pytest.skip("no free port on loopback")
    return None


def hosts():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return [SITE, CANARY]
    return [SITE, CANARY, "::1"]


def use(port, monkeypatch):
    """Let the servers' port be the usual one."""
    monkeypatch.setattr(address, "PORTS", {"http": port, "https": port})
    monkeypatch.setattr(address, "ALLOWED_PORTS", (port,))


@pytest.fixture
def servers(monkeypatch):
    """The site, then the canaries; the usual port is theirs."""
    try:
        several = on_one_port(hosts())
    except OSError:
        pytest.skip("this system has one loopback address only")
    use(several[0].port, monkeypatch)
    yield several
    for server in several:
        server.close()


@pytest.fixture
def names(monkeypatch):
    """What names lead to: a list for each, of the answers it gives one after the other (the last again and again)."""
    known, calls = {"site.example": [[SITE]]}, []

    def getaddrinfo(host, port, *_, **__):
        calls.append(host)
        if host not in known:
            raise socket.gaierror(-2, "Name or service not known")
        answers = known[host]
        ips = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    known["calls"] = calls
    return known


@pytest.fixture
def private_site(tmp_path, names, monkeypatch):
    """A site under TLS, and the certificate that it shows, made for site.example."""
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem", "-subj", "/CN=site.example",
        "-addext", "subjectAltName=DNS:site.example",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl, which makes the certificate, is not there")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = Server(SITE, wrap=lambda connection: context.wrap_socket(connection, server_side=True))
    use(server.port, monkeypatch)
    server.certificate = tmp_path / "cert.pem"
    yield server
    server.close()
