"""What is in a text: words, sentences, quotations, theory, traces of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')
# "Dr. Shaw" and "a.m." end no sentence.
SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|[ap]\.m|e\.g|i\.e|etc)\.")
END = re.compile(r"[.!?\u2026]+(?=\s|$)")
CITED = re.compile(r"\([^()]*\bs[0-9]+[^()]*\)")
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|maybe|perhaps|possibly|probably|could|would|likely|tentative\w*"
    r"|seem\w*|appear\w*|suggest\w*|wonder\w*|guess\w*|as if|as though"
    r"|one (?:way|reading|hypothesis|possibility|account))\b",
    re.IGNORECASE,
)
# What a therapist concludes, which a vignette leaves to its reader. Words with an
# everyday meaning count only outside it ("self-defence", "toxic fumes").
THEORY = re.compile(
    r"\b(?:(?:counter)?transference|projective identification"
    r"|(?<!sales )(?<!film )(?<!map )projections?(?! (?:room|screen|booth))"
    r"|(?<!self-)(?<!sea )(?<!flood )(?<!ministry of )(?<!legal )"
    r"defen[cs]es?(?! (?:solicitor|lawyer|counsel|team|force))"
    r"|defen[cs]e mechanisms?|in denial|repress(?:ed|ion)|regression|acting out"
    r"|cognitive distortions?|distorted thinking|negative thinking"
    r"|catastrophi[sz]\w+|(?:black[- ]and[- ]white|all[- ]or[- ]nothing) thinking"
    r"|automatic thoughts?|(?:core|intermediate) beliefs?|schemas?"
    r"|maladaptive|dysfunctional|safety behaviou?rs?|hypervigilan\w+|dissociat\w+"
    r"|attachment (?:style|issues|figure|wound)s?"
    r"|(?:in|anxious-|avoidant-)?secure(?:ly)? attach\w+"
    r"|(?:anxious|avoidant|ambivalent) attachment"
    r"|trauma[- ]bond\w*|inner child|(?:low|poor|lack of) self-(?:esteem|worth)"
    r"|narcissis\w+|gaslight\w*|co-?dependen\w+|passive[- ]aggressive"
    r"|toxic(?! (?:fumes|waste|chemical|substance|gas|shock))"
    r"|(?:abandonment|trust|commitment|boundary) issues|fear of abandonment"
    r"|unconsciously|internali[sz]\w+|self-sabotag\w+|self-defeating"
    r"|people-pleas\w+)\b",
    re.IGNORECASE,
)
CONDITION = (
    r"(?:depression|anxiety|ocd|ptsd|adhd|autism|bipolar|psychosis|addiction|trauma"
    r"|(?:\w+ ){0,2}disorder)"
)
DIAGNOSIS_EXPLAINS = re.compile(
    r"\b(?:because of|due to|caused by|owing to|down to|result of|explained by"
    rf"|driven by) (?:\w+ ){{0,3}}?{CONDITION}\b",
    re.IGNORECASE,
)

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)"
)
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|{MONTH} \d{{1,2}}\b(?!\d))"
NUMERIC_DATE = r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}"
DATE = re.compile(rf"\b(?:{DAY}|{MONTH} \d{{4}}|(?:19|20)\d\d|{NUMERIC_DATE})\b")
BORN = re.compile(
    rf"\b(?:born|birth|d\.?o\.?b)\b[^;]{{0,20}}?\b(?:{DAY}|{NUMERIC_DATE})",
    re.IGNORECASE,
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
# Nine digits in a row, however grouped: a telephone, an NHS number, an account.
GROUPED = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s().-]{0,2}\d){8,}(?!\w)")
LONG = re.compile(r"(?<![\w.,])\d{6,}(?!\w)")
ADDRESS = re.compile(
    r"\b\d+[a-z]? (?:[A-Z][\w\u2019'-]+ )+(?:Street|Road|Lane|Avenue|Close|Drive"
    r"|Terrace|Way|Court|Gardens|Crescent|Place|Square|Row|Hill|Grove|Mews)\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
RUN = re.compile(r"[^\W\d_a-z][\w\u2019'-]+(?: [^\W\d_a-z][\w\u2019'-]+)+")
SETTLED = re.compile(rf"\b(?:in|at|near) (?!{MONTH})[A-Z]\w+")
SOME_PLACES = (
    "England Scotland Wales Ireland Britain London Birmingham Leeds Manchester "
    "Liverpool Bristol Sheffield Glasgow Edinburgh Cardiff Belfast Newcastle "
    "Nottingham Leicester Coventry Hull Bradford York Dublin Fife Hereford "
    "North South East West New Sri Lanka Africa America Europe Asia India Pakistan "
    "Bangladesh Poland Nigeria Ghana Kenya Jamaica Portugal Spain France Germany "
    "Italy Greece Turkey Iran Iraq Syria Ukraine Romania China Japan Brazil"
)
CAPITAL_WORDS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March "
    "April May June July August September October November December Christmas Easter "
    "On In At By For From To The A An He She They We You It His Her Their My Our That "
    "This When While Since After Before Last Every Each Most Until As If And But So "
    "Asked Two Three Year Street Road School College Hospital Church"
)
PLACES = frozenset(SOME_PLACES.split())
NO_NAMES = PLACES | frozenset(CAPITAL_WORDS.split())


def count(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def tokens(text: str) -> list[str]:
    """Return a text's words in small letters, without marks."""
    return [one.lower() for one in WORD.findall(text)]


def unquoted(text: str) -> str:
    """Return a text with everything between quotation marks left out."""
    return QUOTED.sub(" ", text)


def quotations(text: str) -> list[str]:
    """Return what stands between quotation marks, in order."""
    return [one[1:-1] for one in QUOTED.findall(text)]


def sentences(text: str) -> list[str]:
    """Return a text's sentences; a quotation inside one counts to it."""
    bare = SHORTENED.sub(lambda one: one[0].replace(".", " "), QUOTED.sub("it", text))
    parts = END.split(CITED.sub(" ", bare))
    return [one.strip() for one in parts if WORD.search(one)]


def theory(text: str) -> str | None:
    """Return the first word of theory, or diagnosis as explanation, or None."""
    found = THEORY.search(text) or DIAGNOSIS_EXPLAINS.search(text)
    return found[0] if found else None


def hedged(text: str) -> bool:
    """Whether a text says anywhere that it may be otherwise."""
    return HEDGE.search(text) is not None


def private(text: str) -> Iterator[tuple[str, str]]:
    """Yield what only a real person has, as (what it looks like, the words)."""
    for what, pattern in (
        ("an e-mail address", MAIL),
        ("a date of birth", BORN),
        ("a telephone, NHS or account number", GROUPED),
        ("a telephone, NHS or account number", LONG),
    ):
        found = pattern.search(text)
        if found:
            yield what, found[0].strip()


def identified(text: str) -> str | None:
    """Return a full name that stands with a place and a date, or an address."""
    runs = [_names(one[0].split()) for one in RUN.finditer(text)]
    name = next((one for one in runs if one), None)
    placed = SETTLED.search(text) or PLACES & set(WORD.findall(text))
    if name and (ADDRESS.search(text) or (placed and DATE.search(text))):
        return name
    return None


def _names(run: list[str]) -> str | None:
    """Return the first two or more words in a row that may be a person's name."""
    kept: list[str] = []
    for word in [*run, ""]:
        if word and word not in NO_NAMES:
            kept.append(word)
        elif len(kept) > 1:
            return " ".join(kept)
        else:
            kept = []
    return None
