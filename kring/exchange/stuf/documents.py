"""A document that came along in a message."""

import base64
import binascii

from kring.exchange.received import Document
from kring.exchange.stuf import refusals
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.stuf.values import partial_date

XMIME = "http://www.w3.org/2005/05/xmlmime"


def document(part: Cursor) -> Document:
    content = part.need("inhoud")
    return Document(
        content=_decoded(content),
        file_name=content.attribute("bestandsnaam"),
        media_type=content.attribute("contentType", XMIME),
        title=part.text_of("titel"),
        author=part.text_of("auteur"),
        kind=part.needed_text("dct.omschrijving"),
        number=part.text_of("identificatie"),
        made_on=part.read(partial_date, "creatiedatum"),
    )


def _decoded(content: Cursor) -> bytes:
    """Line breaks are allowed in base64; anything else that doesn't belong there means that the file is damaged."""
    try:
        return base64.b64decode("".join(content.text().split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refusal(refusals.INVALID, f"{content.path} is geen base64.") from None
