import sys
from pathlib import Path
root=Path(sys.argv[1]);sys.path.insert(0,str(root/'src'))
from caselens.cases import load_bank, read_course
from caselens.learners import BOTS, constants
from caselens.learners.earned import asked, table
bank=load_bank(root/'datasets');units=[u for _,u in read_course(root/'course/course.toml').units()]
want=set(sys.argv[2:])
tasks=[a for a in asked(bank) if any(t.id==a[0].task.id for u in units if u.id in want for t in u.tasks)]
full=table((*BOTS,*constants(s for s,_,_ in asked(bank))),tasks,200)
for u in units:
    if u.id not in want: continue
    pts={t.id:t.points for t in u.tasks if t.id in full['blank']};tot=sum(pts.values())
    if not tot: continue
    rank=sorted(full,key=lambda b:-sum(full[b][t][1]*p for t,p in pts.items()))[:4]
    for b in rank: print(u.id,b,round(sum(full[b][t][1]*p for t,p in pts.items())/tot,3),{t:round(full[b][t][1],2) for t in pts if full[b][t][1]>0.01},tot)
