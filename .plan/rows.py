"""Write each written case's id into its reserved row of the design table."""
import json, re, sys
from pathlib import Path
root = Path(__file__).resolve().parents[1]
plan = json.loads((Path(__file__).parent / "plan.json").read_text())
path = root / "datasets/design.yaml"
lines = path.read_text().splitlines()
rows = {f"d{n:02}": case for n, case in enumerate(plan, start=6)}
for i, line in enumerate(lines):
    found = re.match(r"  - \{row: (d\d+), case: (\w+),", line)
    if found and found[1] in rows:
        case = rows[found[1]]
        there = any((root / f"datasets/{side}/cases/{case}.yaml").is_file() and (root / f"datasets/{side}/keys/{case}.yaml").is_file() for side in ("practice", "graded"))
        lines[i] = line.replace(f"case: {found[2]},", f"case: {case if there else 'null'},", 1)
path.write_text("\n".join(lines) + "\n")
