// A made-up case with a task of every kind, all answered, for the trainee's own document.

const SENTENCES = Array.from({ length: 9 }, (_, index) => ({
  id: `s${index + 1}`,
  number: index + 1,
  text: `Fact number ${index + 1}.`,
}));

export const UNIT = {
  id: "m01_u01",
  title: "A unit",
  cases: [
    {
      id: "c1",
      title: "The kettle",
      clients: [{ name: "Rosa", age: 52, pronouns: "she/her", context: "Baker" }],
      stages: [
        { title: "Referral", sentences: SENTENCES.slice(0, 6) },
        { title: "Later", sentences: SENTENCES.slice(6) },
      ],
    },
  ],
};

const choices = (...names) => names.map((name) => ({ id: name.toLowerCase().replace(/ /g, "_"), label: name }));
const parts = (texts) => Object.entries(texts).map(([id, text]) => ({ id, text }));
const chosen = (given) => ({
  parts: Object.fromEntries(
    Object.entries(given).map(([id, [choice, ...evidence]]) => [id, { choice, evidence }]),
  ),
});
const RUBRIC = {
  id: "formulation",
  criteria: [{ id: "grounded", name: "Grounded", levels: [{ points: 2, label: "Sound" }] }],
};
const ACCOUNTS = { h1: "She is tired.", h2: "She is afraid." };
const MOVED = choices("Less", "Equally", "More");

/** [view, value, what else the entry holds] */
const TASKS = [
  [{ id: "c1-update-1", kind: "update", title: "What has moved?", stage: 1, groups: [{ choices: MOVED, parts: parts(ACCOUNTS) }] }, chosen({ h1: ["more"], h2: ["less"] }), { committed: true }],
  [{ id: "c1-update-2", kind: "update", title: "What has moved?", stage: 2, groups: [{ choices: MOVED, parts: parts(ACCOUNTS) }] }, chosen({ h1: ["less"] }), { confidence: 4 }],
  [{ id: "c1-write-3", kind: "write", title: "In your own words", stage: 1 }, { text: "My first thought." }, { committed: true }],
  [{ id: "c1-write-2", kind: "write", title: "To the client", stage: 2, rubric: { id: "bridge" } }, { text: "Rosa, may I say\nhow it looks?" }],
  [{ id: "c1-write-1", kind: "write", title: "Two lenses in a text", stage: 2, rubric: RUBRIC, rewrites: "c1-write-3" }, { text: "She waits (s5).\n\nThen she goes." }, { ratings: { grounded: 2, "x1-grounded": 2 } }],
  [
    { id: "c1-goals", kind: "goals", title: "Goals", stage: 2, groups: [{ choices: choices("Asked", "Declined"), parts: parts({ clarity: "Clarity", growth: "Growth" }) }] },
    { ...chosen({ clarity: ["asked", "s4", "s1", "s99"] }), agenda: ["clarity", "growth"], offer: "Shall we look at that?" },
  ],
  [{ id: "c1-safety", kind: "safety", title: "Safety first", stage: 2, groups: [{ choices: choices("Denied"), parts: parts({ self: "Risk to self" }) }] }, chosen({ self: ["denied", "s2"] })],
  [{ id: "c1-evidence", kind: "evidence", title: "Evidence", stage: 2, claim: "She hopes." }, { marked: ["s3"] }],
  [{ id: "c1-observe", kind: "observe", title: "Said and seen", stage: 2, groups: [{ choices: choices("Report"), parts: [{ id: "s6-source", sentence: "s6" }] }] }, chosen({ "s6-source": ["report"] })],
  [{ id: "c1-slots-1", kind: "slots", lens: "cbt", title: "The CBT lens", stage: 2, first: "What happened?", groups: [{ choices: choices("Situation", "Automatic thought", "Too early"), parts: parts({ a1: "The phone rings.", a2: "He is angry." }) }] }, chosen({ a1: ["situation", "s1"], a2: ["automatic_thought"] }), { firstText: "First the phone." }],
  [{ id: "c1-slots-2", kind: "slots", lens: "dynamic", title: "The dynamic lens", stage: 2, groups: [{ choices: choices("Wish", "Too early"), parts: parts({ d1: "To be met.", d2: "To be alone." }) }] }, chosen({ d1: ["wish", "s5"], d2: ["too_early"] })],
  [
    { id: "c1-link", kind: "link", of: "c1-slots-2", title: "Draw the arrows", stage: 2, elements: parts({ d1: "To be met.", d2: "To be alone." }), relations: choices("Leads to") },
    { parts: { "d1-d2": { choice: "leads_to", evidence: ["s3"], breaks: "If she\nstayed." } } },
  ],
  [{ id: "c1-pick", kind: "pick", title: "Name it", stage: 2, groups: [{ choices: [{ id: "fits", label: "It fits" }], parts: parts({ denial: "Denial", humour: "Humour" }) }] }, chosen({ humour: ["fits", "s4"] })],
  [
    { id: "c1-ask", kind: "ask", title: "The next question", stage: 1, groups: [{ choices: [{ id: "q1", label: "Why now?" }], parts: parts({ next: "Which would you ask?" }) }, { title: "Because.", choices: MOVED, parts: parts({ "r1-h1": ACCOUNTS.h1 }) }] },
    { ...chosen({ next: ["q1"], "r1-h1": ["more"] }), own: "And then?" },
    { committed: true },
  ],
  [
    { id: "c1-lens", kind: "lens", title: "Two lenses", stage: 2, moves: [{ id: "m1", ask: "next", lens: "cbt" }], groups: [{ choices: choices("CBT", "Both"), parts: parts({ l1: "Weigh it.", l2: "Listen." }) }, { choices: [{ id: "o1", label: "Ask for the thought." }], parts: parts({ m1: "What next with sentence 4?" }) }] },
    chosen({ l1: ["cbt"], l2: ["both"], m1: ["o1"] }),
  ],
  [{ id: "c1-translate", kind: "translate", title: "Two names", stage: 2, groups: [{ choices: [{ id: "k1", label: "A wish.", letter: "A" }, { id: "none", label: "No counterpart" }], parts: parts({ t1: "A thought.", t2: "A deed." }) }] }, chosen({ t1: ["k1"], t2: ["none"] })],
  [{ id: "c1-order", kind: "order", title: "In what order?", stage: 2, groups: [{ choices: choices("1", "2"), parts: parts({ f1: "Then this.", f2: "First this." }) }] }, chosen({ f1: ["2"], f2: ["1"] })],
  [
    { id: "c1-appraise", kind: "appraise", title: "Rate", stage: 2, rubric: RUBRIC, texts: [{ id: "t1", text: "A colleague wrote a few words and then some more." }], groups: [{ text_id: "t1", criterion: "grounded", choices: [{ id: "2", label: "Sound" }], parts: parts({ "t1-grounded": "Text 1: Grounded" }) }] },
    { ...chosen({ "t1-grounded": ["2"] }), repair: "Mended so." },
  ],
  [{ id: "c1-new", kind: "not yet invented", title: "A new kind", stage: 2, groups: [{ choices: choices("Yes"), parts: parts({ p1: "Is it so?" }) }] }, chosen({ p1: ["yes"] })],
];

/** What a key says must not come into the document from anywhere. */
export const KEY_WORDS = "WORDS OF THE KEY";

const keyedFeedback = (view) => ({
  first: KEY_WORDS,
  model: { text: KEY_WORDS, look_for: [KEY_WORDS] },
  parts: ["a1", "a2", "d1", "d2", "l1", "t1", "m1"].map((part) => ({
    part,
    verdict: "missed",
    keyed: KEY_WORDS,
    why: KEY_WORDS,
    task: view,
  })),
});

/** As much of a page as the document touches. `change` may replace values by task. */
export function answeredPage({ values = {}, entries = {}, tasks = TASKS, state = {} } = {}) {
  const said = [];
  const kept = new Map(tasks.map(([view, value, more]) => [view.id, { value, ...more }]));
  const blank = { value: null, confidence: null, firstText: null, committed: false, saved: null, ratings: {} };
  return {
    said,
    tasks: tasks.map(([view]) => ({ case: "c1", ...view })),
    announce: (text) => said.push(text),
    store: {
      unit: UNIT,
      state: () => state,
      entry: (id) => ({
        ...blank,
        ...kept.get(id),
        ...entries[id],
        ...(id in values ? { value: values[id] } : {}),
      }),
      feedback: keyedFeedback,
      closing: () => ({ formulations: { cbt: KEY_WORDS }, comparison: { unit: { cbt: KEY_WORDS } } }),
    },
  };
}

export const BLANK = TASKS.map(([view]) => [view, null]);

/** The same page with `partial` in every entry. */
export function allWith(partial, more = {}) {
  const entries = Object.fromEntries(TASKS.map(([{ id }]) => [id, partial]));
  return answeredPage({ ...more, entries });
}
