"""Who is marking: the hub's user, a name chosen on the marking page, or the login."""

from __future__ import annotations

import unicodedata
from typing import Any

from caselens.grading.tables import person

COOKIE = "caselens-marker"
DAYS = 180
LONGEST = 60
# What jupyter_server calls somebody whom it knows only by a token.
ANONYMOUS = "Anonymous "


def marker(handler: Any = None) -> str:
    """Return who is marking, for a request of this process or outside of one.

    Without `handler` the request that Jupyter is at is asked, where there is one.
    """
    asked = handler if handler is not None else _request()
    if asked is None:
        return person()
    return signed_in(asked) or chosen(asked) or person()


def signed_in(handler: Any) -> str | None:
    """Return the user that the server knows by name, or None."""
    user = getattr(handler, "current_user", None)
    name = getattr(user, "name", None)
    if not name or str(name).startswith(ANONYMOUS):
        return None
    return clean(getattr(user, "username", None) or name)


def chosen(handler: Any) -> str | None:
    """Return the name that was chosen on the marking page in this browser, or None."""
    raw = handler.get_signed_cookie(COOKIE, max_age_days=DAYS)
    return clean(raw.decode("utf-8", "replace")) if raw else None


def choose(handler: Any, name: str) -> None:
    """Keep a name in this browser; formgrader's requests carry it along."""
    settings = {"path": handler.base_url, "httponly": True, "samesite": "Lax"}
    handler.set_signed_cookie(COOKIE, name, expires_days=DAYS, **settings)


def clean(name: object) -> str | None:
    """Return a name on one line and of bounded length, None where nothing is left."""
    text = "".join(
        one if unicodedata.category(one)[0] not in "CZ" else " " for one in str(name)
    )
    return " ".join(text.split())[:LONGEST].strip() or None


def _request() -> Any:
    try:
        from jupyter_server import CallContext  # noqa: PLC0415 (not on every machine)
    except ModuleNotFoundError:
        return None
    try:
        return CallContext.get(CallContext.JUPYTER_HANDLER)
    except LookupError:
        return None
