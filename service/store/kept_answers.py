"""Answers to requests with an Idempotency-Key."""

from sqlalchemy import select

from service.store.database import Transaction
from service.store.tables import KeptAnswer


def kept_answer(tx: Transaction, key_id: str, idempotency_key: str) -> KeptAnswer | None:
    """Return what a caller's request with this key was answered, or none."""
    return tx.scalar(
        select(KeptAnswer).where(KeptAnswer.key_id == key_id, KeptAnswer.idempotency_key == idempotency_key)
    )


def keep_answer(tx: Transaction, answer: KeptAnswer) -> None:
    """Keep an answer; when the same request was answered meanwhile, the whole transaction is done again."""
    tx.add(answer)
    tx.flush()
