"""Mail goes where the settings say, and a password never travels in the clear."""

from __future__ import annotations

import email
import smtplib
import socketserver
import threading
from contextlib import contextmanager
from email import policy
from typing import TYPE_CHECKING, ClassVar

import pytest

from spm_app.infra.mail import Mail, send
from spm_app.infra.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

LETTER = Mail("ada@example.com", "È pronto il tuo estratto", "Ciao Ada,\nè pronto.\n", "<p>Ciao Ada, è pronto.</p>")


class _SmallSmtp(socketserver.StreamRequestHandler):
    """As much SMTP as one message needs; no TLS."""

    heard: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        self._say(b"220 here")
        for line in self.rfile:
            self.heard.append(line.strip())
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say(b"250-here\r\n250 8BITMIME")
            elif verb == b"DATA":
                self._say(b"354 go on")
                for part in iter(self.rfile.readline, b".\r\n"):
                    self.heard.append(part.rstrip(b"\r\n"))
                self._say(b"250 kept")
            else:
                self._say(b"221 bye" if verb == b"QUIT" else b"250 fine")

    def _say(self, text: bytes) -> None:
        self.wfile.write(text + b"\r\n")


@contextmanager
def smtp_server() -> Iterator[int]:
    _SmallSmtp.heard.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _SmallSmtp) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SPM_SMTP_URL", url)
    settings.cache_clear()


def text_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return part.get_content()


def test_without_a_server_mail_waits_in_the_outbox(home: Path) -> None:
    send(LETTER)

    (file,) = (home / "outbox").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"]) == (LETTER.to, LETTER.subject)
    assert text_of(message, "plain") == LETTER.text
    assert text_of(message, "html").strip() == LETTER.html


def test_a_mail_without_html_is_plain_text(home: Path) -> None:
    send(Mail("ada@example.com", "Hello", "Hello\n"))
    (file,) = (home / "outbox").iterdir()
    assert email.message_from_bytes(file.read_bytes(), policy=policy.default).get_content_type() == "text/plain"


def test_with_a_server_mail_is_handed_over(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_server() as port:
        use(monkeypatch, f"smtp://127.0.0.1:{port}")
        send(LETTER)
    assert b"rcpt TO:<ada@example.com>" in _SmallSmtp.heard
    assert not (home / "outbox").exists()


def test_a_password_is_not_sent_without_tls(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_server() as port:
        use(monkeypatch, f"smtp://ada:secret@127.0.0.1:{port}")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            send(LETTER)
    assert not any(line.upper().startswith(b"AUTH") for line in _SmallSmtp.heard)


def test_smtps_speaks_tls_from_the_first_byte(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_server() as port:
        use(monkeypatch, f"smtps://ada:secret@127.0.0.1:{port}")
        with pytest.raises(OSError, match=r"(?i)ssl|tls|eof"):
            send(LETTER)
