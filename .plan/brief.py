import json,sys
P=json.load(open('/tmp/plan/plan.json'))
ST={'m05':[0,2,1,3],'m06':[3,0,2,1],'m07':[1,3,0,2],'m08':[2,1,3,0],'m09':[0,3,2,1],'m10':[2,0,3,1],'m11':[3,1,0,2]}
START={'m05':23,'m06':28,'m07':33,'m08':38,'m09':43,'m10':48,'m11':53}
KINDS=['evidence','slots','lens','pick']
import random
R=random.Random(7)
third={}
for m,perm in ST.items():
    for pos,st in enumerate(perm): third[f'c{START[m]+st:03}']=KINDS[pos]
lensflip={}
for i,m in enumerate(ST):
    for st in range(4):
        c=f'c{START[m]+st:03}'
        if third[c]=='slots': third[c]='slots, lens: '+('cbt','dynamic')[i%2]
        if third[c]=='pick': third[c]='pick from '+['distortions','defences','wishes','distortions','responses_of_self','defences','responses_of_other'][i]
L={'c027':'evidence','c032':'slots, lens: cbt','c037':'slots, lens: dynamic','c042':'pick from distortions','c047':'ask','c052':'lens','c057':'slots, lens: dynamic',
'c058':'observe','c059':'observe','c060':'lens','c061':'pick from distortions','c062':'pick from defences','c063':'slots, shared slots (no lens): problem, precipitant, context, strength, non_psychological, missing_information, not_supported','c064':'slots, shared slots (no lens): problem, precipitant, predisposing, maintaining, strength, missing_information, rival, too_early, not_supported (8 statements)',
'c065':'observe AND evidence (two tasks)','c066':'ask','c067':'slots, shared slots (no lens; 8 statements): problem, precipitant, predisposing, maintaining, strength, missing_information, rival','c068':'observe AND evidence (two tasks)','c069':'ask AND slots, shared slots (no lens; 8 statements): problem, precipitant, predisposing, maintaining, strength, missing_information, not_supported','c080':'ask AND slots, shared slots (no lens; 8 statements)','c081':'slots, lens: cbt (10 statements: situation, automatic_thought, thought_meaning, emotion, body, behaviour, intermediate_belief, maintaining, measure, not_supported) AND pick from distortions; this short case may have 8 longer sentences','c082':'slots, lens: dynamic (10 statements: episode, wish, response_of_other, response_of_self, defence, repetition, with_therapist, therapist_pull, too_early, not_supported) AND pick from wishes','c083':'ask AND lens (8 statements, two each)','c084':'evidence AND lens (4 statements)',
'c085':'evidence','c086':'slots, lens: cbt','c087':'lens','c088':'pick from distortions'}
third|=L
def text(i):
    p=P[i];x=p['identity']
    s=f"\n### {i} ({p['size']}, {p['side']} side; place: {p['place']})\n- Topic: {p['topic']}\n"
    if p['goal']: s+=f"- Central goal: {p['goal']}, keyed `{p['ans']}`\n"
    s+="- Goals: "+", ".join(f"{g}: {a}" for g,a in p['goals'].items())+"\n"
    s+="- Safety: "+", ".join(f"{g}: {a}" for g,a in p['safe'].items())+f"; the right next question is {p['next']}\n"
    s+="- Identity (client, or the one the case is about): "+"; ".join(f"{k}: {v}" for k,v in x.items())+"\n"
    s+=f"- Which lens has more to work with in the material: {p['suits']}\n"
    if p['size']=='short': s+=f"- Third task: {third.get(i)}\n"
    if i in third and 'ask' in third[i]: s+=f"- In ask the right question is {p['ask']}\n"
    return s
if __name__=='__main__':
    for i in sys.argv[1:]: print(text(i))
