"""A mail that is not sent yet: mail programs open it as a draft (`X-Unsent`), to one recipient or none.

Its text is the plain text, with the page as the alternative. More than one recipient is refused (guardrail G49): what
looks like a convenience here is how lists of residents reach each other.
"""

from __future__ import annotations

import hashlib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses

from runbook.errors import BadContent
from runbook.notices.documents import Document
from runbook.notices.formats import html, txt
from runbook.notices.formats.page import one_line
from runbook.notices.marks import signs
from runbook.speech import say
from runbook.wording.safe import for_terminal


def write(document: Document) -> bytes:
    """The document as a mail. Raises BadContent where an address is none, or there is more than one recipient."""
    subject = document.subject or document.title
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    mail["Subject"] = "".join(f"【{mark}】" for mark in signs(document)) + one_line(subject)
    if document.sender.strip():
        mail["From"] = _address(document.sender)
    if document.recipient.strip():
        mail["To"] = _address(document.recipient)
    text = txt.text(document)
    mail.set_content(text, charset="utf-8", cte="base64")
    page = html.write(document).decode()
    mail.add_alternative(page, subtype="html", charset="utf-8", cte="base64")
    mail.set_boundary(f"=_{hashlib.sha256((text + page).encode()).hexdigest()[:40]}")
    return mail.as_bytes()


def _address(typed: str) -> Address:
    """The one address in what was typed. Raises BadContent."""
    found = getaddresses([typed])
    if len(found) > 1 or any(sign in typed for sign in ",;\r\n"):
        raise BadContent(
            say("A mail goes to one recipient: “{typed}” is more than one address.", typed=for_terminal(typed)),
            say("Write one mail for each; recipients in To or Cc see each other (G49)."),
        )
    name, spec = found[0] if found else ("", "")
    try:
        address = Address(one_line(name), addr_spec=spec)
    except (ValueError, IndexError, MessageError):
        address = Address()
    bare = "<" in typed or typed.strip() == spec
    if not (bare and address.username and address.domain and spec.isascii()):
        raise BadContent(
            say("“{typed}” is not an address for mail.", typed=for_terminal(typed)), say("Write it as name@example.jp.")
        )
    return address
