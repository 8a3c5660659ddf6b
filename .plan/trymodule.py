import sys,re,shutil,tempfile
from pathlib import Path
from caselens.cases.course import read_course
from caselens.notebooks.build import Plan, build
from caselens.cases import load_bank
from caselens.cases.references import read_references
from caselens.notebooks.references import CITATION
root=Path('/work/main');m=sys.argv[1]
tmp=Path(tempfile.mkdtemp())
(tmp/'course').mkdir()
shutil.copytree(root/'course'/m,tmp/'course'/m)
(tmp/'course/course.toml').write_text('title="x"\nlanguage="en-GB"\n'+re.sub(r'(?m)^(next|alternative) = .*$','',open(f'/tmp/modules/{m}.toml').read()))
course=read_course(tmp/'course/course.toml')
bank=load_bank(root/'datasets');refs=read_references(root/'datasets/references.bib')
for f in (tmp/'course'/m).glob('*.md'):
    t=f.read_text()
    for k in set(CITATION.findall(t))-set(refs): print('UNKNOWN CITATION',f.name,k)
    for w in ('—','!','simply','obviously','notebook','kernel'):
        if w in t.replace('![',''): print('LOOK',f.name,repr(w))
try:
    build(Plan(tmp,course,bank,refs),tmp/'out')
except Exception as e: print('FAULT',e)
import json
for p in (tmp/'out').rglob('*_l0*.ipynb'):
    text='\n'.join(''.join(c['source']) for c in json.loads(p.read_text())['cells'])
    heads=re.findall(r'^## (.*)$',text,re.M)
    print(p.name,'words',len(re.sub(r'^## References.*','',text,flags=re.S|re.M).split()),heads)
for module in course.modules:
    for u in module.units: print(u.id,u.kind,u.minutes,'min',u.points,'points')
