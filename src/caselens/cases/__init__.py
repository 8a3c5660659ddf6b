"""Cases, keys and units: frozen records, loading a bank, the author's lint."""

from caselens.cases.bank import Bank, Entry, KeyMissingError, find_key, load_bank
from caselens.cases.case import Case, Sentence, Stage, Statement, Task, digest
from caselens.cases.course import Course, CourseUnit, Module, read_course
from caselens.cases.design import Design, read_design
from caselens.cases.key import Key, PartKey, TaskKey
from caselens.cases.reading import Change, Reading, Readings, read_readings
from caselens.cases.source import BankError, Problem
from caselens.cases.unit import Unit, UnitError, UnitTask, read_unit, unit_text
from caselens.cases.vocabulary import (
    Criterion,
    Rubric,
    Vocabulary,
    load_vocabulary,
)

__all__ = [
    "Bank",
    "BankError",
    "Case",
    "Change",
    "Course",
    "CourseUnit",
    "Criterion",
    "Design",
    "Entry",
    "Key",
    "KeyMissingError",
    "Module",
    "PartKey",
    "Problem",
    "Reading",
    "Readings",
    "Rubric",
    "Sentence",
    "Stage",
    "Statement",
    "Task",
    "TaskKey",
    "Unit",
    "UnitError",
    "UnitTask",
    "Vocabulary",
    "digest",
    "find_key",
    "load_bank",
    "load_vocabulary",
    "read_course",
    "read_design",
    "read_readings",
    "read_unit",
    "unit_text",
]
