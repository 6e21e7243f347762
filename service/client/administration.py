"""Keys, webhooks, the record of who did what, and how the service is."""

from datetime import datetime

from service.audit.records import AuditPage
from service.client.room import Room, at
from service.health.records import Live, Readiness
from service.keys.records import KeyList, MadeKey, NewKey
from service.session.records import SessionInfo
from service.webhooks.records import DeliveryInfo, DeliveryList, MadeWebhook, NewWebhook, WebhookList


class Administration(Room):
    """The operations for whoever runs the service."""

    def get_session(self) -> SessionInfo:
        """Say who one is: role, rights, branches."""
        return self._connection.get(at("session"), SessionInfo)

    def list_keys(self) -> KeyList:
        """List the keys of one's branches."""
        return self._connection.get(at("keys"), KeyList)

    def add_key(self, new: NewKey) -> MadeKey:
        """Make a key; its secret is none only where the first answer was lost on the way: withdraw that key.

        Parameters
        ----------
        new : name, role, branches
        """
        return self._connection.change("POST", at("keys"), MadeKey, new)

    def revoke_key(self, key_id: str) -> None:
        """Withdraw a key."""
        self._connection.send("DELETE", at("keys", key_id))

    def list_webhooks(self) -> WebhookList:
        """List the webhooks of one's branches."""
        return self._connection.get(at("webhooks"), WebhookList)

    def add_webhook(self, new: NewWebhook) -> MadeWebhook:
        """Add a webhook; its secret is none only where the first answer was lost on the way: delete that one.

        Parameters
        ----------
        new : where messages are sent, and of what
        """
        return self._connection.change("POST", at("webhooks"), MadeWebhook, new)

    def delete_webhook(self, webhook_id: str) -> None:
        """Delete a webhook with its messages."""
        self._connection.send("DELETE", at("webhooks", webhook_id))

    def list_deliveries(self, webhook_id: str, *, limit: int = 50) -> DeliveryList:
        """List a webhook's messages, the newest first.

        Parameters
        ----------
        webhook_id : which
        limit : at most so many, up to 500
        """
        return self._connection.get(at("webhooks", webhook_id, "deliveries"), DeliveryList, limit=limit)

    def test_webhook(self, webhook_id: str) -> DeliveryInfo:
        """Have a message sent that tells of nothing."""
        return self._connection.change("POST", at("webhooks", webhook_id, "test"), DeliveryInfo)

    def read_audit_log(
        self,
        *,
        key_id: str | None = None,
        action: str | None = None,
        about: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 100,
        after: int | None = None,
    ) -> AuditPage:
        """List who did what, the newest first.

        Parameters
        ----------
        key_id : of this key only
        action : this operation only, by its id
        about : about this object only, by its id
        since : not before this moment, with offset
        until : before this moment, with offset
        limit : at most so many, up to 500
        after : ``after`` of the page before
        """
        return self._connection.get(
            at("audit"),
            AuditPage,
            key_id=key_id,
            action=action,
            about=about,
            since=None if since is None else since.isoformat(),
            until=None if until is None else until.isoformat(),
            limit=limit,
            after=after,
        )

    def get_liveness(self) -> Live:
        """Say that the service answers."""
        return self._connection.get(at("health", "live"), Live)

    def get_readiness(self) -> Readiness:
        """Say whether the service can do its work, asking until it can or patience ends."""
        return self._connection.get(at("health", "ready"), Readiness)
