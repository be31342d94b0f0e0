"""Mail: by SMTP when `SPM_SMTP_URL` says where, otherwise into the folder `outbox`, where one can look at it.

`smtp://user:password@host:587` speaks TLS by STARTTLS whenever it logs in, `smtps://…:465` from the first byte.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from spm_app.infra import clock
from spm_app.infra.settings import settings

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_TIMEOUT = 20


@dataclass(frozen=True, slots=True)
class Mail:
    """A message to one person; `html` may stay empty, `text` may not."""

    to: str
    subject: str
    text: str
    html: str = ""


def send(mail: Mail) -> None:
    """Hand it over. Blocks on the network: call it from a job, or after the commit; raises OSError when refused."""
    message = _message(mail)
    address = urlsplit(settings().smtp_url)
    if not address.hostname:
        _put_in_outbox(message)
        return
    with _connect(address) as server:
        server.send_message(message)


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=urlsplit(settings().origin).hostname)
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def _connect(address: SplitResult) -> smtplib.SMTP:
    host, secure = address.hostname or "", ssl.create_default_context()
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, address.port or 465, timeout=_TIMEOUT, context=secure)
    else:
        server = smtplib.SMTP(host, address.port or 25, timeout=_TIMEOUT)
    if address.username:
        if address.scheme != "smtps":
            server.starttls(context=secure)
        server.login(unquote(address.username), unquote(address.password or ""))
    return server


def _put_in_outbox(message: EmailMessage) -> None:
    folder = settings().home / "outbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{clock.now():%Y%m%d-%H%M%S}-{name}.eml").write_bytes(message.as_bytes())
