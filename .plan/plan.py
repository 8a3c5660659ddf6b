"""Specifications for the bank: goals, safety, identity; seeded annealing for balance."""
import random, json, math, sys, yaml
from collections import Counter, defaultdict
R=random.Random(20261124)
GO="clarity distress relationships thoughts trauma coping growth".split()
ALL=GO+["other"]
ANS="asked other_asks proposed declined not_evident".split()
SAFE="self others from_others medical".split()
LEV=dict(
 age=[("16-19",.10),("20-29",.18),("30-39",.18),("40-49",.18),("50-59",.14),("60-69",.12),("70-84",.10)],
 gender=[("woman",.37),("man",.37),("non-binary person",.09),("trans woman",.085),("trans man",.085)],
 origin=[("grew up where they live",.28),("moved within the country",.18),("came as an adult from another country",.18),("came as a child from another country",.12),("child of parents who came from another country",.12),("member of an indigenous or long-settled minority",.12)],
 **{"class":[("money is short",.3),("gets by",.25),("comfortable",.2),("came up from poverty",.13),("came down from comfort",.12)]},
 work=[("manual or trade work",.14),("care or service work",.14),("office work",.13),("professional work",.13),("runs a small business",.1),("student or in training",.12),("out of work",.12),("retired or not in paid work",.12)],
 faith=[("none",.25),("left the faith of the family",.15),("quietly religious",.2),("observant",.2),("not said",.2)],
 disability=[("none",.5),("long-term illness",.18),("sensory or mobility impairment",.16),("neurodivergent",.16)],
 family=[("lives alone",.17),("couple without children",.14),("couple with children",.15),("parent alone",.11),("with parents or siblings",.12),("three generations",.1),("shared house",.11),("same-sex couple",.1)],
)
EXIST={ # counted once per pair
 'c001':('relationships','full','practice'),'c003':('distress','full','graded'),'c004':('other','short','practice'),'c005':('thoughts','full','practice'),'c006':('clarity','full','graded')}
cases={}
def add(id,size,side,goal=None,ans=None,place='',topic='',fix=None,allow=None,safety=None,nogoals=False,level='intermediate'):
    cases[id]=dict(id=id,size=size,side=side,goal=goal,ans=ans,place=place,topic=topic,fix=fix or {},allow=allow or {},safety=safety or {},nogoals=nogoals,level=level)
Y={'age':['16-19','20-29']}
# ---- full
add('c007','full','practice','clarity','asked','m05','a client who asks for the other approach than the one the material would suggest (asks for worksheets and a plan; nothing wrong with that)')
add('c008','full','practice','distress','asked','m06','panic and health worry beside a real illness that is being treated',fix={'disability':'long-term illness'},safety={'medical':'unclear'})
add('c009','full','graded','relationships','other_asks','m07','a COUPLE referred for "communication problems"; coercive control comes out in the individual part of the assessment; joint work is ruled out and the key says so; partner violence, "law differs, check yours"',allow={'family':['couple with children','couple without children'],'age':['20-29','30-39','40-49','50-59','60-69']},safety={'from_others':'active'},level='advanced')
add('c010','full','graded','thoughts','asked','m08','a new parent with unwanted harm intrusions (obsessions) in the months after a birth; perinatal distress; the intrusions are not intent, and the key says why and what is asked all the same',allow={'age':['20-29','30-39'],'family':['couple with children','same-sex couple'],'work':['office work','professional work','care or service work','retired or not in paid work','runs a small business']},safety={'others':'denied'})
add('c011','full','practice','trauma','other_asks','m09','asylum with an interpreter and a threat that goes on (the claim is undecided, family still at risk); persecution; pacing and safety before memory work',fix={'origin':'came as an adult from another country','class':'money is short','work':'out of work'},allow={'age':['20-29','30-39','40-49']},safety={'from_others':'active'},level='advanced')
add('c012','full','graded','trauma','proposed','m09','self-harm with a rupture in the alliance in a told stretch of dialogue; painful childhood experience that is not one big event',allow={'age':['20-29','30-39']},safety={'self':'active'},level='advanced')
add('c013','full','practice','coping','asked','m10','chronic pain and the demands of work',fix={'disability':'long-term illness'},allow={'age':['30-39','40-49','50-59'],'work':['manual or trade work','care or service work','office work','runs a small business','professional work']})
add('c014','full','graded','coping','other_asks','m10','a FAMILY of three generations with an adolescent; each statement says whose it is; the cycle between them',fix={'family':'three generations'},allow={'age':['16-19'],'work':['student or in training','care or service work'],'class':['money is short','gets by','comfortable','came down from comfort']},level='advanced')
add('c015','full','practice','growth','asked','m11','retirement and what a life is for',fix={'work':'retired or not in paid work'},allow={'age':['60-69','70-84']})
add('c016','full','graded','growth','not_evident','m11','an elated mood (sleeping little, spending, big plans) that looks like growth and is asked for as growth by somebody; one goal tempting and not on this evidence; medical and medication questions',allow={'age':['20-29','30-39','40-49','50-59']},safety={'medical':'active'})
add('c017','full','graded','distress','asked','form A, written','prolonged grief beside depression',allow={'age':['40-49','50-59','60-69']},safety={'self':'unclear'})
add('c018','full','graded','coping','proposed','form A, worked','alcohol with low mood; work stress',allow={'age':['30-39','40-49','50-59'],'work':['manual or trade work','care or service work','office work','runs a small business','professional work']},safety={'medical':'active'})
add('c019','full','graded','relationships','asked','form B, written','anger that costs somebody the people around them',allow={'age':['20-29','30-39','40-49','50-59']},safety={'others':'unclear'})
add('c020','full','graded','clarity','proposed','form B, worked','a mandated client with no goal of their own at first; nobody is to be talked into one',allow={'age':['20-29','30-39','40-49']},safety={'others':'denied'})
add('c021','full','graded','thoughts','proposed','form C, written','a phobia that has begun to shrink a life',allow={'age':['20-29','30-39','40-49','50-59']})
add('c022','full','graded','growth','asked','form C, worked','a member of a therapy GROUP, seen in the group and in the first individual meeting',allow={'age':['30-39','40-49','50-59','60-69']})
# ---- short sets
S={
'clarity':('m05',23,[("a snappish reaction that puzzles the person and that they ask to understand",{}),("autism is suspected by others; a puzzle about oneself that could be offered as a question; look-alikes of clarity, no diagnosis as explanation",{'disability':'neurodivergent'}),("a retired person whose family wants them to \"look into the past\"; they decline and say why, sensibly",{'_age':['60-69','70-84']}),("a clever account of oneself that looks like lack of insight but the person explains the reaction well enough",{}),("(lesson) a repeated giving-in that surprises the person; past and present beside each other",{})],("a short first call with much reported by others: what was said, seen, concluded",{})),
'distress':('m06',28,[("a fear that overwhelms on one told occasion, asked for (phobia-like, an animal or a journey)",{}),("tiredness, low mood and cold: a thyroid or medication look-alike; the doctor has not been asked",{'_s':{'medical':'active'}}),("prolonged sadness that the person wants to keep (mourning in their own way), declined",{}),("tears at work over an injustice: no overwhelming distress, a fair response to a bad situation",{}),("(lesson) worry that spoils nights; mindfulness, relaxation, and when relaxation becomes a safety behaviour",{})],("anger on a bus, told by the client and by a sister: thoughts, feelings, acts, body",{})),
'relationships':('m07',33,[("a COUPLE, short: each wants something and each gets the other's retreat; the cycle",{'_family':['couple without children','couple with children','same-sex couple']}),("a lonely new arrival in a shared house",{'family':'shared house'}),("an adult child whose mother wants closeness restored; the adult keeps a boundary for good reason and declines",{}),("one quarrel with a manager, told at length: one quarrel is not enough",{}),("(lesson) a FAMILY: a parent and an adolescent, conflict, boundaries, communication",{'_family':['parent alone','three generations','couple with children']})],("a neighbour dispute seen by two people (twin base, INERT: the swapped identity changes nothing in the formulation)",{})),
'thoughts':('m08',38,[("\"I'll never get through it\": a forecast in two situations, asked for help with",{}),("a rule stated about oneself and a verdict, with a fact that counts against it; perfectionism in training",{}),("a religious scruple that the person does not wish to change; declined with reason (harm? none)",{'_faith':['observant','quietly religious']}),("an accurate dark thought about a bad situation (redundancy, debts): painful and true",{'_class':['money is short','came down from comfort']}),("(lesson) mind reading in two meetings and a fact against it; challenging and replacing, examined",{})],("being followed in shops: the fear is ACCURATE for one identity (twin base, ACTIVE: with the swap a fear becomes accurate, or the reverse)",{})),
'trauma':('m09',43,[("a sudden event, flashbacks and avoidance, asked for with pacing",{}),("a painful school or home experience with a reaction now that fits the old scene; proposed gently",{}),("possible psychosis beside real persecution: a person who was persecuted, is followed again (or thinks so), declines to speak of it; unclear what is memory, fear or fact",{'_origin':['came as an adult from another country','came as a child from another country','member of an indigenous or long-settled minority']}),("a serious accident, told, with no lasting effect shown: an event alone does not count",{}),("(lesson) a past relationship that still governs how a knock at the door is heard; safety and pacing before memory",{})],("silence about where they live: a safety measure for one identity (twin base, ACTIVE: asylum status, or being out at work)",{})),
'coping':('m10',48,[("debt letters and a health routine: everyday demands, asked for",{}),("an older person whose capacity to decide about money or care is questioned by others; capacity in later life, consent, law differs",{'_age':['70-84']}),("an adolescent whose school wants time-management; the adolescent declines; a minor's disclosure of harm at home, reporting, law differs",{'_age':['16-19'],'_work':['student or in training'],'_s':{'from_others':'active'}}),("workload that is unreasonable: a skill would not help, the job would have to change; tempting",{}),("(lesson) problem-solving, stress management and self-care with a carer; medication side effect as a look-alike",{})],("a diary of a working week told to a nurse (twin base, INERT)",{})),
'growth':('m11',53,[("a talent given up for the family's sake, asked for",{}),("an able person who only wants \"less panic\", and something cared about not begun; proposed",{}),("somebody who says a contented no to \"finding a purpose\"; declined",{}),("a burst of new passions after a separation: feeling better, or a strength already lived; not growth on this evidence; (attention look-alike)",{}),("(lesson) values and choices: a promotion that goes against what they care for",{})],("a first meeting in which nearly everything is missing: the skeleton can hardly be drawn; neither lens should start yet",{})),
}
STAT=['asked','proposed','declined','not_evident']
def mk(id,side,g,a,place,t,con,size='short'):
    fix={k:v for k,v in con.items() if not k.startswith('_')}
    allow={k[1:]:v for k,v in con.items() if k.startswith('_') and k!='_s'}
    add(id,size,side,g,a,place,t,fix,allow,con.get('_s'))
for g in GO:
    m,n,rows,six=S[g]
    for i,(t,con) in enumerate(rows):
        id=f'c{n+i:03}'
        if i<4: mk(id,'graded',g,STAT[i],m+' graded set',t,con)
        else: mk(id,'practice',g,'other_asks' if g in('relationships','coping','distress','growth') else 'asked',m+' lesson',t,con)
    id=f'c{58+GO.index(g):03}'
    side,place={'clarity':('practice','m01 practice'),'distress':('graded','m01 graded'),'relationships':('practice','m02 practice twin base'),'thoughts':('practice','m02 practice twin base'),'trauma':('graded','m02 graded twin base'),'coping':('graded','m02 graded twin base'),'growth':('graded','m03 graded')}[g]
    mk(id,side,g,'other_asks' if g in('clarity','thoughts','trauma') else 'proposed',place,six[0],six[1])
extra=[('c065','practice','m01 lesson','what was said and what was seen at a first meeting; thoughts, feelings, body, acts, situation; observation, report, inference',None,None),
('c066','practice','m02 lesson','risk asked and unasked; a realistic fear (threat of eviction, a violent neighbour); strengths; duty to protect third persons: law differs',None,None),
('c067','practice','m03 lesson','problems, precipitants, predisposing, maintaining, protective; rivals; GAS as an idea; a PHQ-9 total mentioned by a GP',None,None),
('c068','graded','m01 graded','a medical student\'s notes about a patient: some sentences are conclusions; grief',None,None),
('c069','graded','m03 graded','a problem list with a hidden precipitant; duty to protect: a threat to a named person is voiced; law differs','others','active'),
('c080','practice','m03 practice','a skeleton with rival hypotheses: menopause or workload or loss; missing information',None,None),
('c081','practice','m12 lesson','social anxiety in three told situations with thought, feeling, body, act; a measure and a prediction',None,None),
('c082','practice','m13 lesson','three relationship episodes and a short stretch of dialogue with the therapist in which something goes wrong and is noticed',None,None),
('c083','practice','m14 lesson','a client to whom a formulation is offered and who says "no, that is not it"; preferences',None,None),
('c084','practice','m00 lesson','a very plain first case for showing how the course works',None,None),
('c085','graded','m12 to m14 graded, and the spare sets','a mild case without heavy topics: speaking up in an allotment committee',None,None),
('c086','graded','spare mixed set','a mild case: a move to a new town and a choir',None,None),
('c087','graded','spare mixed set','a mild case: sharing the care of a dog after a friendship cools',None,None),
('c088','graded','spare mixed set','a mild case: learning to drive late',None,None)]
for id,side,place,t,s,v in extra: add(id,'short',side,None,None,place,t,safety={s:v} if s else None)
ids=list(cases)
# ---- existing identities
design=yaml.safe_load(open('/work/main/datasets/design.yaml'))['rows']
known={r['case']:r for r in design if r['case']}
# ---- existing keys
ex={}
for c in EXIST:
    side=EXIST[c][2]
    k=yaml.safe_load(open(f'/work/main/datasets/{side}/keys/{c}.yaml'))['tasks']
    ex[c]=dict(goals={a:b['answer'] for a,b in k.get(c+'-goals',{'parts':{}})['parts'].items()},safety={a:b['answer'] for a,b in k[c+'-safety']['parts'].items() if a!='next'})
# ---- draw goals
def cost_goals(G):
    t=0
    for g in ALL:
        c=Counter(G[i].get(g) for i in G if G[i].get(g)); n=sum(c.values())
        t+=sum((c[a]-n/5)**2 for a in ANS)
    cnt=Counter(g for i in ids if cases[i]['size']=='short' for g in G[i])
    t+=sum((cnt[g]-sum(cnt.values())/8)**2 for g in ALL)*.3
    return t
def draw_short(c):
    gs=[c['goal']] if c['goal'] else []
    rest=[g for g in ALL if g not in gs]; R.shuffle(rest); gs+=rest[:4-len(gs)]
    if c['goal']:
        others=[a for a in ANS if a!=c['ans']]; R.shuffle(others); a=[c['ans']]+others[:3]
    else:
        a=ANS[:];R.shuffle(a);a=a[:4]
    return dict(zip(gs,a))
def draw_full(c):
    base=ANS+['not_evident']+R.sample(ANS[:4],2)
    while True:
        R.shuffle(base)
        d=dict(zip(ALL,base))
        if c['goal'] is None or d[c['goal']]==c['ans']: return d
G={c:ex[c]['goals'] for c in EXIST}
for i in ids: G[i]=draw_full(cases[i]) if cases[i]['size']=='full' else draw_short(cases[i])
# c016 growth: not_evident means it is tempting
best=cost_goals(G);T=5.
for step in range(30000):
    i=R.choice(ids);old=G[i];G[i]=draw_full(cases[i]) if cases[i]['size']=='full' else draw_short(cases[i])
    n=cost_goals(G)
    if n<best or R.random()<math.exp((best-n)/max(T,.01)):best=n
    else:G[i]=old
    T*=.9998
print('goal cost',best,file=sys.stderr)
# ---- safety
def draw_safe(c):
    for _ in range(1000):
        p=R.choice([['unclear','unclear','denied','active'],['unclear','denied','denied','active'],['unclear','active','active','denied'],['unclear','unclear','denied','denied'],['unclear','unclear','active','denied']])[:]
        R.shuffle(p);d=dict(zip(SAFE,p))
        if all(d[k]==v for k,v in c['safety'].items()):return d
    raise SystemExit(c)
def cost_safe(F):
    t=0;n=len(F)
    want=dict(self=(.18,.45,.37),others=(.17,.45,.38),from_others=(.3,.42,.28),medical=(.3,.42,.28))
    for s in SAFE:
        c=Counter(F[i][s] for i in F)
        for a,w in zip(('active','unclear','denied'),want[s]): t+=(c[a]-n*w)**2
    return t
F={c:ex[c]['safety'] for c in EXIST}
for i in ids:F[i]=draw_safe(cases[i])
best=cost_safe(F);T=5.
for step in range(20000):
    i=R.choice(ids);old=F[i];F[i]=draw_safe(cases[i]);n=cost_safe(F)
    if n<best or R.random()<math.exp((best-n)/max(T,.01)):best=n
    else:F[i]=old
    T*=.9997
print('safe cost',best,file=sys.stderr)
# mild cases: no active self/others/from_others
for i in ('c085','c086','c087','c088','c084'):
    F[i]={'self':'denied','others':'unclear','from_others':'unclear','medical':'unclear'} if i in('c085','c087') else {'self':'unclear','others':'denied','from_others':'denied','medical':'unclear'}
# ---- lens that has more to work with
SU=['cbt','dynamic','either','neither_yet']
suits={'c001':'dynamic','c003':'either','c004':'cbt','c005':'cbt','c006':'dynamic'}
def suit_cost(s):
    t=0
    for g in GO:
        c=Counter(s[i] for i in G if G[i].get(g) and G[i][g]!='not_evident'); n=sum(c.values())
        t+=(c['cbt']-c['dynamic'])**2
    c=Counter(s.values());n=len(s)
    return t+sum((c[x]-n*w)**2 for x,w in zip(SU,(.3,.3,.28,.12)))
for i in ids:suits[i]=R.choice(SU[:3])
suits['c064']='neither_yet'
best=suit_cost(suits);T=5.
for step in range(20000):
    i=R.choice(ids)
    if i in('c064',):continue
    old=suits[i];suits[i]=R.choices(SU,(.3,.3,.28,.12))[0];n=suit_cost(suits)
    if n<best or R.random()<math.exp((best-n)/max(T,.01)):best=n
    else:suits[i]=old
    T*=.9997
print('suits',best,Counter(suits.values()),file=sys.stderr)
# ---- identity, attribute by attribute
every=list(EXIST)+ids
targets={f'goal {g}':{i:G[i][g] for i in every if G[i].get(g)} for g in ALL}
targets|={f'safety {s}':{i:F[i][s] for i in every} for s in SAFE}
targets['suits']={i:suits[i] for i in every}
def phi(att,tgt):
    """bias-corrected phi2 before flooring, scaled to V2."""
    rows=defaultdict(Counter)
    for i,a in tgt.items():rows[att[i]][a]+=1
    n=len(tgt);col=Counter(tgt.values());r=len(rows);k=len(col)
    chi=0
    for x,c in rows.items():
        nr=sum(c.values())
        for a,nc in col.items():
            e=nr*nc/n;chi+=(c[a]-e)**2/e
    p=chi/n-(k-1)*(r-1)/(n-1)
    rc=r-(r-1)**2/(n-1);kc=k-(k-1)**2/(n-1)
    return p/max(min(rc-1,kc-1),.1)
def ok(a,v,i):
    c=cases[i]
    if a in c['fix'] and c['fix'][a]!=v:return False
    if a in c['allow'] and v not in c['allow'][a]:return False
    return True
def compat(id_):
    """hard plausibility across attributes"""
    a=id_['age'];w=id_['work'];f=id_['family'];k=id_['class']
    if a=='16-19' and (w in('retired or not in paid work','professional work','runs a small business') or f not in('with parents or siblings','three generations','shared house') or k in('came up from poverty',)):return False
    if a in('70-84',) and w in('student or in training','out of work','office work','professional work','manual or trade work','care or service work'):return False
    if a=='70-84' and f in('with parents or siblings','parent alone'):return False
    if a=='60-69' and f in('parent alone','with parents or siblings') : return False
    if a=='20-29' and w=='retired or not in paid work' and f not in('couple with children','parent alone','with parents or siblings','three generations'):return False
    if a=='20-29' and k=='came up from poverty' and w=='student or in training':return False
    if w in('professional work',) and k=='money is short':return False
    if w=='out of work' and k=='comfortable' and a not in('60-69',):return False
    return True
ident={c:{a:known[c][a] for a in LEV} for c in EXIST}
order=['age','work','family','class','gender','origin','faith','disability']
for i in ids:
    for _ in range(100000):
        d={a:R.choices([x for x,_ in LEV[a]],[w for _,w in LEV[a]])[0] for a in LEV}
        d|=cases[i]['fix']
        if all(ok(a,d[a],i) for a in d) and compat(d):break
    else: raise SystemExit('no identity '+i)
    ident[i]=d
def score():
    t=0
    for a in LEV:
        att={i:ident[i][a] for i in every}
        for n,tg in targets.items():
            t+=max(0,phi(att,tg)+.01)**1*10
    return t
def part(a):
    att={i:ident[i][a] for i in every}
    return sum(max(0,phi(att,tg)+.015)*10 for tg in targets.values())+sum(abs(Counter(att.values())[x]-w*len(every))*.02 for x,w in LEV[a])
parts={a:part(a) for a in LEV}
T=.3
for step in range(int(sys.argv[1]) if len(sys.argv)>1 else 20000):
    a=R.choice(list(LEV));i=R.choice(ids)
    if R.random()<.5:
        j=R.choice(ids);vi,vj=ident[j][a],ident[i][a]
    else:
        j=None;vi=R.choice(LEV[a])[0]
    if not ok(a,vi,i) or (j and not ok(a,vj,j)):continue
    oi=dict(ident[i]);oj=dict(ident[j]) if j else None
    ident[i]=oi|{a:vi}
    if j:ident[j]=oj|{a:vj} if j!=i else ident[j]
    if not compat(ident[i]) or (j and not compat(ident[j])):
        ident[i]=oi
        if j:ident[j]=oj
        continue
    n=part(a)
    if n<parts[a] or R.random()<math.exp((parts[a]-n)/max(T,1e-4)):parts[a]=n
    else:
        ident[i]=oi
        if j:ident[j]=oj
    T*=.9997
worst=sorted(((math.sqrt(max(0,phi({i:ident[i][a] for i in every},tg))),a,n) for a in LEV for n,tg in targets.items()),reverse=True)
print('worst V',[(round(v,3),a,n) for v,a,n in worst[:8]],file=sys.stderr)
for a in LEV:print(a,dict(Counter(ident[i][a] for i in every)),file=sys.stderr)
for g in ALL:print(g,dict(Counter(G[i][g] for i in every if G[i].get(g))),file=sys.stderr)
for s in SAFE:print(s,dict(Counter(F[i][s] for i in every)),file=sys.stderr)
out={}
qs=['q1','q2','q3','q4']
for i in ids:
    out[i]=cases[i]|dict(goals=G[i],safe=F[i],suits=suits[i],identity=ident[i],next=R.choice(qs),ask=R.choice(qs))
json.dump(out,open('/tmp/plan/plan.json','w'),indent=1)
