"""Marking of written work: who marks, calibration, second marks, their agreement."""

from __future__ import annotations

from typing import Any

from caselens.markers.icc import Icc, icc
from caselens.markers.kappa import Agreement, agreement

__all__ = ["Agreement", "Icc", "agreement", "icc"]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": "caselens.markers"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the marking pages to a Jupyter server."""
    from caselens.markers.pages import routes  # noqa: PLC0415 (servers only)

    web_app = server.web_app
    web_app.add_handlers(".*$", routes(web_app.settings["base_url"]))
