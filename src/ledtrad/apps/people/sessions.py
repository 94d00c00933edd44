"""Sessions in the database, as Django keeps them, but asked for with a statement that is composed once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from ledtrad.apps.audit.composed import Composed

_living = Composed(lambda now, key: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    """Named by SESSION_ENGINE. Every request of somebody who has signed in asks for one."""

    def _get_session_from_db(self) -> Session | None:
        found = _living(timezone.now(), self.session_key)
        if not found:
            self._session_key = None
        return found[0] if found else None
