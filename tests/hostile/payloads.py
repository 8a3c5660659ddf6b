"""What a hostile submission would like to have executed or rendered."""

from pathlib import Path

HOST = "evil.invalid"

# Each would set `window.__canary`, ask HOST for something, or change the page.
MARKUP = (
    "<script>window.__canary=1</script>",
    "<img src=x onerror=window.__canary=2>",
    "<svg onload=window.__canary=3><a xlink:href='javascript:window.__canary=3'>x</a>",
    "<svg><animate onbegin=window.__canary=4 attributeName=x dur=1s></svg>",
    "<math><mi xlink:href='javascript:window.__canary=5'>x</mi></math>",
    "<details open ontoggle=window.__canary=6>x</details>",
    "<iframe srcdoc='<script>parent.__canary=7</script>'></iframe>",
    "<iframe src='javascript:parent.__canary=8'></iframe>",
    "<a href='javascript:window.__canary=9' onfocus=window.__canary=9 autofocus>x</a>",
    "<a href='data:text/html,<script>opener.__canary=10</script>'>x</a>",
    "<input autofocus onfocus=window.__canary=11>",
    "<body onload=window.__canary=12>",
    f"<link rel=stylesheet href=http://{HOST}/a.css>",
    f"<style>@import 'http://{HOST}/b.css'; * {{display: none}}</style>",
    f"<p style='background:url(http://{HOST}/c.png)'>x</p>",
    f"<base href=http://{HOST}/><meta http-equiv=refresh content='0;url=http://{HOST}'>",
    f"<form action=http://{HOST}><button autofocus>x</button></form>",
    f"<object data=http://{HOST}/d.swf></object><embed src=http://{HOST}/e.swf>",
    f"<video src=http://{HOST}/f.mp4 onerror=window.__canary=13></video>",
    "<template><script>window.__canary=14</script></template>",
    "</pre></div></div></main><script>window.__canary=15</script>",
    "--></style></textarea></title></noscript><script>window.__canary=16</script>",
    "<!-- <plaintext> <textarea>",
    "<SCRIPT/SRC=data:,window.__canary=17></SCRIPT>",
    "<img src='x\x00' onerror='window.__canary=18'>",
    "&lt;script&gt;window.__canary=19&lt;/script&gt; &#60;img src=x>",
)
MARKDOWN = (
    "[x](javascript:window.__canary=20) <javascript:window.__canary=21>",
    f"![x](http://{HOST}/g.png) [x]: http://{HOST} 'x'",
    "[x](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX19jYW5hcnk9MTwvc2NyaXB0Pg==)",
    "# A heading\n\n> a quotation\n\n```python\nprint(1)\n```\n\n---\n\n| a |\n| - |",
    "<div markdown=1>\n\n<script>window.__canary=22</script>\n\n</div>",
    "`</code><img src=x onerror=window.__canary=23>`",
)
MATHS = (
    r"$\href{javascript:window.__canary=24}{x}$ \(\href{javascript:1}{x}\)",
    r"$$\style{position:fixed;inset:0}{x}$$ $\class{x}{y}$ \[\cssId{x}{y}\]",
    r"$\require{action}\toggle{a}{b}\endtoggle \mathtip{a}{b}$ $\unicode{x0}$",
    r"\begin{equation}\def\x{\x\x}\x\end{equation}",
)
TEMPLATES = (
    "{{7*7}} {{config.__class__}} {% include '/etc/passwd' %} {# x #}",
    "${7*7} <%= 7*7 %> #{7*7} %(secret)s %s%n {0.__class__.__mro__} {student!r}",
)
ODD_TEXT = (
    "\x1b[2J\x1b[31m\x07\x08\x9b1m",
    "\u202eevil\u2066\u200b\ufeff\u2028\u2029\ufff9",
    "a\u0301" * 200 + "\U000e0041",
)
NASTY = "\n\n".join((*MARKUP, *MARKDOWN, *MATHS, *TEMPLATES, *ODD_TEXT))

# What takes a careless reader of Markdown or of regular expressions minutes.
SLOW = {
    "brackets": "[" * 50_000,
    "emphasis": "*a_" * 30_000,
    "lists": "".join(f"{' ' * level * 2}- x\n" for level in range(300)),
    "quotes": "> " * 20_000 + "x",
    "table": "|" + "x|" * 300 + "\n|" + "-|" * 300 + ("\n|" + "x|" * 300) * 200,
    "sentences": "s1, " * 40_000 + "!",
    "entities": "&" * 100_000,
    "spaces": " " * 100_000 + "x",
    "comments": "<!--" * 40_000,
}


def touch(canary: Path) -> str:
    """Return Python that leaves a trace where it is executed."""
    return f"open({str(canary)!r}, 'a').write('executed')\n"


def cells(canary: Path) -> list[str]:
    """Return sources of code cells, each with a trick of its own.

    They are bounded: where a guard is broken, the tests fail and the machine lives.
    """
    mark, path = touch(canary), str(canary)
    return [
        mark,
        f"%%bash\necho x > {path}",
        f"!touch {path}",
        f"%system touch {path}",
        f"%%python3\n{mark}",
        f"get_ipython().system('touch {path}')",
        f"%run -i {path}.py",
        f"%load_ext caselens\n%cd /\n{mark}",
        f"input('wait for me'); {mark}",
        f"import os\n[os.fork() for _ in range(3)]\n{mark}",
        f"print('x' * 10**7); {mark}",
        f"for _ in range(10**4): {mark}",
        f"import caselens.tasks, caselens.answers\ncaselens.tasks.score = None; {mark}",
        f"import nbgrader.api as a; a.Gradebook.find_grade = None; {mark}",
        f"import sqlite3; sqlite3.connect('gradebook.db'); {mark}",
        f"import sys; sys.stderr.write('x'); sys.exit(0); {mark}",
        f"__import__('pickle').loads(b'...'); {mark}",
        "100000.0",
    ]
