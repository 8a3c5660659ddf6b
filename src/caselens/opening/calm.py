"""How JupyterLab looks when `caselens start` opens it: the course, and little else.

All of it goes into a folder that only this server reads, so what the same person
has in another JupyterLab stays as it is.
"""

import json
from pathlib import Path
from typing import Any

Settings = dict[str, Any]

HOME = "caselens:home"
FILES = "filebrowser:toggle-main"

# Whole extensions, or single plugins: with each goes what depends on it.
DISABLED = (
    "@jupyter-notebook/lab-extension",
    "@jupyter/nbgrader",
    "@jupyterlab/application-extension:property-inspector",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/apputils-extension:licenses-client",
    "@jupyterlab/apputils-extension:licenses-plugin",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/help-extension",
    "@jupyterlab/launcher-extension",
    "@jupyterlab/mainmenu-extension:recents",
    "@jupyterlab/metadataform-extension",
    "@jupyterlab/notebook-extension:active-cell-tool",
    "@jupyterlab/notebook-extension:metadata-editor",
    "@jupyterlab/notebook-extension:toc",
    "@jupyterlab/notebook-extension:tools",
    "@jupyterlab/notebook-extension:update-raw-mimetype",
    "@jupyterlab/running-extension",
    "@jupyterlab/terminal-extension",
    "@jupyterlab/toc-extension",
    "@jupyterlab/workspaces-extension",
    "jupyterlab-jupytext",
)

FILE_MENU = (
    "apputils:print",
    "application:close",
    "application:close-all",
    "docmanager:clone",
    "docmanager:download",
    "docmanager:duplicate",
    "docmanager:reload",
    "docmanager:rename",
    "docmanager:restore-checkpoint",
    "docmanager:save",
    "docmanager:save-all",
    "docmanager:save-as",
    "filebrowser:open-path",
    "filebrowser:open-url",
    "filemenu:close-and-cleanup",
    "filemenu:create-console",
    "filemenu:logout",
    "filemenu:shutdown",
)
FILE_SUBMENUS = (
    "jp-mainmenu-file-new",
    "jp-mainmenu-file-notebookexport",
)
SETTINGS_MENU = (
    "docmanager:toggle-autosave",
    "filebrowser:toggle-navigate-to-current-directory",
    "fileeditor:toggle-autoclosing-brackets-universal",
    "settingeditor:open",
)
SETTINGS_SUBMENUS = (
    "jp-mainmenu-settings-codemirror-theme",
    "jp-mainmenu-settings-consoleexecute",
    "jp-mainmenu-settings-fileeditorindent",
    "jp-mainmenu-settings-language",
)
HELP_MENU = ("apputils:display-shortcuts", "inspector:toggle")
THEME = "jp-mainmenu-settings-apputilstheme"


def page_config() -> Settings:
    """Return what the page is told before anything in it starts."""
    return {
        "appName": "Caselens",
        "caselensCalm": "true",
        "disabledExtensions": dict.fromkeys(DISABLED, True),
    }


def settings() -> Settings:
    """Return the defaults that differ from JupyterLab's own."""
    return {
        "@jupyterlab/application-extension:shell": {"startMode": "single"},
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
        "@jupyterlab/mainmenu-extension:plugin": {"menus": _menus()},
        "@jupyterlab/statusbar-extension:plugin": {"visible": False},
    }


def write(folder: Path) -> Path:
    """Write both into `folder`, to be put on JUPYTER_CONFIG_PATH; return it."""
    inner = folder / "labconfig"
    inner.mkdir(parents=True, exist_ok=True)
    files = {
        "page_config": page_config(),
        "default_setting_overrides": settings(),
    }
    for name, content in files.items():
        path = inner / f"{name}.json"
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return folder


def _menus() -> list[Settings]:
    gone = ("edit", "view", "run", "kernel", "tabs")
    return [
        *({"id": f"jp-mainmenu-{name}", "disabled": True} for name in gone),
        {"id": "jp-mainmenu-file", "items": _file_menu()},
        {"id": "jp-mainmenu-settings", "items": _settings_menu()},
        {"id": "jp-mainmenu-help", "items": [_home(), *_without(HELP_MENU)]},
    ]


def _file_menu() -> list[Settings]:
    files = {"command": FILES, "rank": 1}
    return [_home(), files, *_without(FILE_MENU), *_without_menus(FILE_SUBMENUS)]


def _settings_menu() -> list[Settings]:
    sizes = [_size(delta) for delta in (1, -1)]
    return [
        *_without(SETTINGS_MENU),
        *sizes,
        *_without_menus(SETTINGS_SUBMENUS),
        {"type": "submenu", "submenu": {"id": THEME, "items": _theme_menu()}},
    ]


def _theme_menu() -> list[Settings]:
    code = {"key": "code-font-size"}
    turned = ("apputils:incr-font-size", "apputils:decr-font-size")
    return [
        *_without(("apputils:theme-scrollbars",)),
        *({"command": name, "args": code, "disabled": True} for name in turned),
    ]


def _size(delta: int) -> Settings:
    args = {"delta": delta, "isMenu": True}
    return {"command": "fileeditor:change-font-size", "args": args, "disabled": True}


def _home() -> Settings:
    return {"command": HOME, "rank": 0}


def _without(commands: tuple[str, ...]) -> list[Settings]:
    return [{"command": command, "disabled": True} for command in commands]


def _without_menus(names: tuple[str, ...]) -> list[Settings]:
    return [
        {"type": "submenu", "disabled": True, "submenu": {"id": name}} for name in names
    ]
