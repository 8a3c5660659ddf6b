#!/bin/bash
# commit the snapshot as main
set -e
cd /tmp/wt; git reset -q --soft main
git add -A; git commit -qm "$1"; new=$(git rev-parse HEAD)
git update-ref refs/heads/main $new; cd /work/main; git reset -q; git log --oneline | head -1; git status --short | wc -l
