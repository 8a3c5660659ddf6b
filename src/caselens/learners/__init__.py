"""Simulated trainees: key-blind bots, trainees of a given skill, a made-up bank."""

from caselens.learners.bank import generated_bank
from caselens.learners.bots import BOTS, Asked, Bot, constants
from caselens.learners.others import Others, others
from caselens.learners.trainee import Trainee, answer, classroom, work_unit

__all__ = [
    "BOTS",
    "Asked",
    "Bot",
    "Others",
    "Trainee",
    "answer",
    "classroom",
    "constants",
    "generated_bank",
    "others",
    "work_unit",
]
