"""Signs messages, so that the receiver knows who sent them.

References
----------
Standard Webhooks 1.0, https://github.com/standard-webhooks/standard-webhooks, section "Verifying webhook authenticity".
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final

PREFIX: Final = "whsec_"
"""What secrets of webhooks begin with."""


def new_signing_secret() -> str:
    """Return a new secret of 256 bits that the receiver checks signatures with."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that sign a message.

    Parameters
    ----------
    secret : the webhook's secret
    message_id : the same whenever the message is sent again, so that the receiver notices
    timestamp : when it is sent, whole seconds since 1970; a receiver refuses old ones
    body : the message as it is sent
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{made}",
    }
