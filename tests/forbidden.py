"""Ways to execute or to render what came from outside, found in source text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

# A rule's name, and the full names whose import or use breaks it.
NAMES = {
    "unpickles": (
        "pickle cPickle _pickle dill shelve marshal cloudpickle jsonpickle "
        "joblib.load joblib.dump joblib.Memory pandas.read_pickle numpy.load "
        "torch.load nbformat.sign"
    ),
    "executes": (
        "eval exec compile builtins.eval builtins.exec builtins.compile runpy code "
        "codeop timeit execjs nbclient nbconvert.preprocessors.execute "
        "nbconvert.preprocessors.ExecutePreprocessor nbgrader.preprocessors.Execute "
        "IPython.core.interactiveshell logging.config"
    ),
    "shells": (
        "os.system os.popen os.startfile pty commands os.execv os.execl os.execve "
        "os.execvp os.execlp os.execvpe os.spawnv os.spawnl os.spawnve os.spawnvp "
        "os.posix_spawn os.posix_spawnp subprocess.getoutput "
        "subprocess.getstatusoutput asyncio.create_subprocess_shell "
        "asyncio.subprocess"
    ),
    "parses XML": "xml lxml defusedxml xmltodict pandas.read_xml pandas.read_html",
    "unpacks": "shutil.unpack_archive tarfile patoolib py7zr",
    "loads YAML": "yaml.load yaml.load_all",
    "loads unsafe YAML": (
        "yaml.unsafe_load yaml.unsafe_load_all yaml.full_load yaml.full_load_all "
        "yaml.Loader yaml.CLoader yaml.UnsafeLoader yaml.CUnsafeLoader "
        "yaml.FullLoader yaml.CFullLoader ruamel ruamel_yaml"
    ),
    "renders": (
        "markupsafe.Markup jinja2.Markup jinja2.Template.render IPython.display.HTML "
        "IPython.display.Javascript IPython.core.display.HTML"
    ),
    "imports by name": "importlib.import_module __import__ importlib.__import__ imp",
    "starts a process": "subprocess.run subprocess.Popen subprocess.call "
    "subprocess.check_call subprocess.check_output os.fork asyncio."
    "create_subprocess_exec multiprocessing",
    "makes templates": "jinja2.Environment jinja2.Template jinja2.from_string",
}
RULES = {name: rule for rule, names in NAMES.items() for name in names.split()}
SAFE_LOADERS = {
    "yaml.SafeLoader",
    "yaml.CSafeLoader",
    "caselens.cases.source.Loader",
}
BUILT_IN = {"eval", "exec", "compile", "__import__"}
# Rules that a call breaks, and no import alone.
BY_CALL = ("makes templates", "loads YAML", "imports by name", "starts a process")
FINE = ""
UNPACKING = {"extract", "extractall"}

JAVASCRIPT = {
    "executes": r"\beval\s*\(|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*['\"`]"
    r"|\bimportScripts\b|javascript:",
    "renders": r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\s*\.\s*write"
    r"|\bcreateContextualFragment\b|\bDOMParser\b|\bsetHTML(?:Unsafe)?\b"
    r"|\bdangerouslySetInnerHTML\b|\bparseHTMLUnsafe\b",
    "frames": r"\bsrcdoc\b",
}
TEMPLATES = {"renders": r"\|\s*safe\b|\bautoescape\s+false\b|<script\b"}


@dataclass(frozen=True)
class Use:
    """One forbidden thing: which rule it breaks, on which line, by what."""

    rule: str
    line: int
    what: str


def uses_in_python(text: str) -> Iterator[Use]:
    """Yield every forbidden import, name and call."""
    tree = ast.parse(text)
    known = dict(_imported(tree))
    called = {id(one.func): one for one in ast.walk(tree) if isinstance(one, ast.Call)}
    types = set(_annotations(tree))
    for node in ast.walk(tree):
        yield from _of_import(node)
        name = _name(node, known)
        if name in RULES and id(node) not in types:
            rule = _excused(RULES[name], called.get(id(node)), known)
            yield from [Use(rule, node.lineno, name)] if rule else []
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                short = one.asname or one.name.split(".")[0]
                yield short, one.name if one.asname else short
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                yield one.asname or one.name, f"{node.module}.{one.name}"


def _annotations(tree: ast.AST) -> Iterator[int]:
    """Yield the nodes that only say of what type something is."""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            said = getattr(node, name, None)
            if isinstance(said, ast.AST):
                yield from (id(inner) for inner in ast.walk(said))


def _of_import(node: ast.AST) -> Iterator[Use]:
    modules = []
    if isinstance(node, ast.Import):
        modules = [one.name for one in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [f"{node.module}.{one.name}" for one in node.names]
    for module in modules:
        steps = module.split(".")
        roots = [".".join(steps[: end + 1]) for end in range(len(steps))]
        for root in roots:
            if RULES.get(root, FINE) not in (*BY_CALL, FINE):
                yield Use(RULES[root], node.lineno, root)


def _name(node: ast.AST, known: dict[str, str]) -> str:
    """Return the full name of a name or of an attribute of a module."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id if node.id in BUILT_IN else FINE)
    if isinstance(node, ast.Attribute):
        inner = _name(node.value, known)
        return f"{inner}.{node.attr}" if inner else FINE
    return FINE


def _excused(rule: str, call: ast.Call | None, known: dict[str, str]) -> str | None:
    """Return the rule, or None where the way of calling makes it harmless."""
    given = {one.arg: one.value for one in call.keywords} if call else {}
    if rule == "loads YAML":
        named = given.get("Loader")
        safe = named is not None and _name(named, known) in SAFE_LOADERS
        return None if safe else rule
    if rule == "makes templates":
        # As an annotation it makes nothing.
        escapes = given.get("autoescape")
        off = isinstance(escapes, ast.Constant) and escapes.value is not True
        return None if call is None or (escapes is not None and not off) else rule
    if rule == "imports by name":
        literal = call and call.args and isinstance(call.args[0], ast.Constant)
        return None if literal else rule
    return rule


def _of_call(node: ast.Call) -> Iterator[Use]:
    given = {one.arg: one.value for one in node.keywords}
    if "shell" in given:
        yield Use("shells", node.lineno, "shell=")
    if "allow_pickle" in given:
        yield Use("unpickles", node.lineno, "allow_pickle=")
    if isinstance(node.func, ast.Attribute) and node.func.attr in UNPACKING:
        yield Use("unpacks", node.lineno, f".{node.func.attr}()")


def not_a_literal_list(text: str) -> Iterator[int]:
    """Yield the lines on which a process is started with anything but a list."""
    tree = ast.parse(text)
    known = dict(_imported(tree))
    for node in ast.walk(tree):
        starts = isinstance(node, ast.Call) and (
            RULES.get(_name(node.func, known)) == "starts a process"
        )
        if starts and not (node.args and isinstance(node.args[0], ast.List)):
            yield node.lineno


def uses_in_text(text: str, rules: dict[str, str]) -> Iterator[Use]:
    """Yield every forbidden thing in JavaScript or in a template, comments apart."""
    bare = re.sub(r"/\*.*?\*/", lambda one: "\n" * one[0].count("\n"), text, flags=re.S)
    for number, line in enumerate(bare.splitlines(), start=1):
        code = re.sub(r"(^|[^:])//.*", r"\1", line)
        for rule, pattern in rules.items():
            for found in re.finditer(pattern, code):
                yield Use(rule, number, found[0])
