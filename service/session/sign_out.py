"""Signs a browser out."""

from service.access.keys import secret_hash
from service.caller import Caller
from service.door.answer import Answer
from service.door.call import COOKIE
from service.store import Transaction
from service.store.keys import delete_sign_in


def sign_out(tx: Transaction, caller: Caller, cookie: str | None) -> Answer:
    """End a session; who sent a key instead of a cookie has none, and nothing is changed.

    Parameters
    ----------
    cookie : the cookie that was sent
    """
    if cookie is not None:
        delete_sign_in(tx, secret_hash(cookie))
    return Answer(None, 204, {"Set-Cookie": f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly"}, about=caller.key_id)
