"""Reorder statements of tasks until no positional bot gets a tenth of a unit's points.

usage: reorder.py ROOT [--apply] [case ...]   (only the named cases may be changed)
"""
import re, sys
from pathlib import Path
from random import Random
from statistics import mean
root = Path(sys.argv[1]).resolve()
sys.path.insert(0, str(root / "src"))
from caselens.cases import load_bank, read_course
from caselens.learners import BOTS, constants
from caselens.learners.earned import asked, table
from dataclasses import replace
apply = "--apply" in sys.argv
only = {a for a in sys.argv[2:] if not a.startswith("--")}
bank = load_bank(root / "datasets")
units = [u for _, u in read_course(root / "course/course.toml").units()]
POS = [b for b in BOTS if b.name in ("first options","last options","as shown","most common by position","same as the previous case","most common elsewhere","everything","longest option")]
LIMIT = 0.093
def perunit(found):
    bad = {}
    names = next(iter(found.values())).keys()
    for u in units:
        pts = {t.id: t.points for t in u.tasks if t.id in names}
        total = sum(pts.values())
        for bot, row in found.items():
            got = sum(row[t][1] * p for t, p in pts.items())
            if total and got > LIMIT * total: bad[u.id, bot] = got / total
    return bad
full = table((*BOTS, *constants(s for s, _, _ in asked(bank))), asked(bank), 60)
print("all bots:", {k: round(v, 3) for k, v in perunit(full).items()})
print("means > 0.02:", {n: round(mean(v for v, _ in r.values()), 3) for n, r in full.items() if mean(v for v, _ in r.values()) > 0.02})
def cost(found):
    bad = perunit(found)
    means = {n: mean(v for v, _ in r.values()) for n, r in found.items()}
    return sum(v - LIMIT + .002 for v in bad.values()) + sum(max(0, m) for m in means.values()) * 2, bad
def now(): return table(POS, asked(bank), 1)
rng = Random(5)
FIELDS = {"statements": "statements", "hypotheses": "hypotheses"}
best, bad = cost(now()); print("start", best, bad)
changed = {}
for step in range(int(400)):
    if best <= 1e-9: break
    names = [n for (n, b) in bad] or [u.id for u in units]
    uid = rng.choice(names)
    u = next(x for x in units if x.id == uid)
    tid = rng.choice([t.id for t in u.tasks])
    cid = tid.split("-")[0]
    if only and cid not in only: continue
    e = bank.entries[cid]; task = e.case.task(tid)
    if task.kind in ("slots", "lens") and task.statements: field = "statements"
    elif task.kind == "update" and len(task.hypotheses) > 1: field = "hypotheses"
    else: continue
    items = list(getattr(task, field)); rng.shuffle(items)
    ids = [x if isinstance(x, str) else x.id for x in items]
    tasks = tuple(t.model_copy(update={field: tuple(items)}) if t.id == tid else t for t in e.case.tasks)
    case = e.case.model_copy(update={"tasks": tasks})
    tk = e.key.tasks[tid]
    parts = {i: tk.parts[i] for i in ids if i in tk.parts} | {k: v for k, v in tk.parts.items() if k not in ids}
    key = e.key.model_copy(update={"tasks": {**e.key.tasks, tid: tk.model_copy(update={"parts": parts})}})
    bank.entries[cid] = replace(e, case=case, key=key)
    c, b = cost(now())
    if c < best: best, bad = c, b; changed[tid] = (field, ids); print(step, tid, round(best, 4), flush=True)
    else: bank.entries[cid] = e
print("end", best, bad)
def blocks(lines, indent):
    out = []
    for l in lines:
        if re.match(rf" {{{indent}}}\S", l) and not l.strip().startswith("#"): out.append([l])
        elif out: out[-1].append(l)
    return out
def apply_one(tid, field, ids):
    cid = tid.split("-")[0]; side = bank.entries[cid].side
    p = root / f"datasets/{side}/cases/{cid}.yaml"; L = p.read_text().split("\n")
    i = next(n for n, l in enumerate(L) if l.strip() == f"- id: {tid}")
    j = next((n for n in range(i + 1, len(L)) if re.match(r"  - id: ", L[n])), len(L))
    if field == "statements":
        k = next(n for n in range(i, j) if L[n].strip() == "statements:")
        m = k + 1
        while m < j and re.match(r"      - \{id: ", L[m]): m += 1
        rows = {re.match(r"      - \{id: (\w+),", l)[1]: l for l in L[k + 1:m]}
        assert set(rows) == set(ids), (tid, set(rows) ^ set(ids))
        L[k + 1:m] = [rows[x] for x in ids]
    else:
        k = next(n for n in range(i, j) if L[n].strip().startswith("hypotheses:"))
        assert "[" in L[k]; L[k] = re.sub(r"\[.*\]", "[" + ", ".join(ids) + "]", L[k])
    p.write_text("\n".join(L))
    p = root / f"datasets/{side}/keys/{cid}.yaml"; L = p.read_text().split("\n")
    i = next(n for n, l in enumerate(L) if l == f"  {tid}:")
    j = next((n for n in range(i + 1, len(L)) if re.match(r"  \S", L[n]) or re.match(r"\S", L[n])), len(L))
    while j > i and not L[j - 1].strip(): j -= 1
    k = next(n for n in range(i, j) if L[n] == "    parts:")
    m = next((n for n in range(k + 1, j) if re.match(r"    \S", L[n])), j)
    bl = blocks(L[k + 1:m], 6); by = {b[0].strip().split(":")[0]: b for b in bl}
    order = [x for x in ids if x in by] + [x for x in by if x not in ids]
    assert sum(map(len, bl)) == m - k - 1, tid
    L[k + 1:m] = [l for x in order for l in by[x]]
    p.write_text("\n".join(L))
if apply:
    for tid, (field, ids) in changed.items(): apply_one(tid, field, ids); print("applied", tid)
