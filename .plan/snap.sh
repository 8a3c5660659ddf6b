#!/bin/bash
rsync -a --delete --exclude .git --exclude .venv --exclude .mypy_cache --exclude .ruff_cache --exclude __pycache__ --exclude .hypothesis /work/main/ /tmp/wt/
cd /tmp/wt; git reset -q --soft main 2>/dev/null; git reset -q
export PYTHONPATH=/tmp/wt/src
drop(){ c=$1; for s in practice graded; do for k in cases keys; do f=datasets/$s/$k/$c.yaml; if git cat-file -e main:$f 2>/dev/null; then git show main:$f > $f; else rm -f $f; fi; done; done; rm -f datasets/readings/$c.yaml; git cat-file -e main:datasets/readings/$c.yaml 2>/dev/null && git show main:datasets/readings/$c.yaml > datasets/readings/$c.yaml; echo "left as it was: $c"; }
for x in "$@"; do drop $x; done
for round in 1 2 3; do
  python3 .plan/rows.py
  /work/main/.venv/bin/caselens check > /tmp/wt-check.log 2>&1 && break
  sed '/^Worth a look/,$d' /tmp/wt-check.log | grep -oE "datasets/(practice|graded)/(cases|keys)/c[0-9]+\.yaml:|datasets/readings/c[0-9]+\.yaml:" | grep -oE "c[0-9]+" | sort -u > /tmp/wt-bad; cat /tmp/wt-bad | while read c; do drop $c; done
done
/work/main/.venv/bin/python .plan/card.py
grep -E "faults" /tmp/wt-check.log; [ -s /tmp/wt-check.log ] && sed '/^Worth/,$d' /tmp/wt-check.log | head -5
/work/main/.venv/bin/caselens build > /tmp/wt-build.log 2>&1; tail -1 /tmp/wt-build.log
ls datasets/*/keys/*.yaml | wc -l
