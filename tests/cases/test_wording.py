from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import wording


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("She looks down.", 1),
        ("She looks down. Then she goes.", 2),
        ('"I went. I came back. Then I slept."', 1),
        ('He said, "No. Never!" and shut the door.', 1),
        ("Dr. Shaw rang at 9 a.m. on Monday.", 1),
        ("It lifts by the bridge (s17 to s19. s20).", 1),
        ("Does she go? She does.", 2),
    ],
)
def test_sentences_are_counted_and_quotations_are_not(text, number):
    assert len(wording.sentences(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "She uses projection with her sister.",
        "It may be a defence.",
        "There is countertransference in the room.",
        "He has cognitive distortions.",
        "Her core belief is of failure.",
        "He has an avoidant attachment style.",
        "They share a trauma bond.",
        "She has low self-esteem.",
        "His narcissistic father rang.",
        "It is a toxic marriage.",
        "He was gaslighting her.",
        "She stays in bed because of her depression.",
        "He left due to an untreated anxiety disorder.",
        "The row was down to his ADHD.",
    ],
)
def test_theory_and_diagnosis_as_explanation_are_found(text):
    assert wording.theory(text)


@pytest.mark.parametrize(
    "text",
    [
        "She teaches self-defence on Tuesdays.",
        "He paints the sea defences at Hornsea.",
        "Her defence solicitor rang.",
        "The factory vented toxic fumes.",
        "He sits in the projection room.",
        "She was late because of the bus.",
        "He has had a diagnosis of depression since March.",
        "They were knocked unconscious.",
    ],
)
def test_everyday_words_are_no_theory(text):
    assert wording.theory(text) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ring me on 0161 496 0000.", "telephone"),
        ("Her NHS number is 943 476 5919.", "telephone"),
        ("It is +44 (0)20 7946 0000.", "telephone"),
        ("The file is 84729163.", "telephone"),
        ("Write to jo.b@clinic.example.org today.", "e-mail"),
        ("He was born on 4 March 1985.", "date of birth"),
        ("DOB 04/03/1985.", "date of birth"),
    ],
)
def test_what_only_a_real_person_has_is_found(text, what):
    assert what in "; ".join(name for name, _ in wording.private(text))


@pytest.mark.parametrize(
    "text",
    [
        "He earned £1,250,000 in 2019 and lost it.",
        "She rang 999 at 10.45 on 3 March.",
        "Born in Bristol to parents who came from Madeira.",
        "They paid 12 600 for 40 chairs.",
        "Flat 12, since 2016, seven rooms.",
    ],
)
def test_figures_of_a_story_are_nobodys(text):
    assert list(wording.private(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "On 3 March Dorothy Vane went home to Leeds.",
        "Dorothy Vane lives at 14 Cedar Road.",
        "In 2019 Anna-Maria de Vries opened a shop in Whitby; "
        "Anna-Maria Vries closed it.",
    ],
)
def test_a_full_name_with_a_place_and_a_date_is_found(text):
    assert wording.identified(text)


@pytest.mark.parametrize(
    "text",
    [
        "On Friday Sri Lanka was on the news in Leeds.",
        "Dorothy Vane went home to Leeds.",
        "On 3 March Dorothy went home to Leeds.",
        "In May Joan, the churchwarden, went to Hereford.",
    ],
)
def test_a_first_name_or_a_place_alone_is_not(text):
    assert wording.identified(text) is None


def test_a_hedge_is_found_anywhere():
    assert wording.hedged("One way to see it is so.")
    assert wording.hedged("It Seems so.")
    assert not wording.hedged("It is so, in May and in June.")


@given(st.text(alphabet='ab .!?"()s1\u201c\u201d\u2014', max_size=60))
def test_any_text_is_taken_apart_without_a_fault(text):
    assert all(one.strip() == one for one in wording.sentences(text))
    assert len(wording.unquoted(text)) <= len(text) + 1
    wording.identified(text)
    list(wording.private(text))
