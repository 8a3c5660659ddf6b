"""Write the table of cases into the data card."""
import re
from pathlib import Path
import yaml
root = Path(__file__).resolve().parents[1]
rows = {r["case"]: r["row"] for r in yaml.safe_load((root / "datasets/design.yaml").read_text())["rows"] if r["case"]}
out = []
for side in ("practice", "graded"):
    for p in (root / f"datasets/{side}/cases").glob("*.yaml"):
        if not (root / f"datasets/{side}/keys/{p.name}").is_file(): continue
        c = yaml.safe_load(p.read_text()); rel = c.get("pair_of") or c.get("twin_of")
        own = rows.get(c["id"]); row = own or rows.get(rel)
        more = f"; a {'pair' if c.get('pair_of') else 'twin'} with `{rel}`, one fact changed" if rel and not own and c.get("pair_of") else (f"; a twin of `{rel}`" if rel and not own else "")
        out.append((c["id"], f"| `{c['id']}` | {c['title']} | {side} | `{row}`{more} |"))
p = root / "datasets/README.md"; s = p.read_text()
head = "| case | title | side | row of the table |\n|---|---|---|---|\n"
i = s.index(head) + len(head); j = s.index("\n\n", i)
p.write_text(s[:i] + "\n".join(l for _, l in sorted(out)) + s[j:])
