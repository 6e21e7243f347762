"""What is worked out at once is answered the same again for a repeated request."""

from fastapi.testclient import TestClient

KEY = {"Idempotency-Key": "once", "Content-Type": "application/json"}


def test_a_repeated_question_gets_the_first_answer(client: TestClient) -> None:
    first = client.post("/scenarios/validate", content="{}", headers=KEY)
    again = client.post("/scenarios/validate", content="{}", headers=KEY)
    assert first.status_code == 200
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.content, again.headers["Content-Type"]) == (first.content, first.headers["Content-Type"])


def test_its_key_is_not_for_another_question(client: TestClient) -> None:
    client.post("/scenarios/validate", content="{}", headers=KEY)
    other = client.post("/scenarios/validate", content="[]", headers=KEY)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
