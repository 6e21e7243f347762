from service.webhooks.signature import new_signing_secret, signature_headers


def test_the_documented_example_of_standard_webhooks() -> None:
    headers = signature_headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_every_part_is_signed() -> None:
    secret = new_signing_secret()
    base = (secret, "msg_1", 1, b"{}")
    signatures = {
        signature_headers(*one)["webhook-signature"]
        for one in (
            base,
            (new_signing_secret(), "msg_1", 1, b"{}"),
            (secret, "msg_2", 1, b"{}"),
            (secret, "msg_1", 2, b"{}"),
            (secret, "msg_1", 1, b"{ }"),
        )
    }
    assert len(signatures) == 5
