"""Everything that can be done with watchers."""

from .bodies import dissolve, save_body
from .catalogue import save_entry
from .contact import code_card, draw_receivers, fill_in, make_mailing, print_cards, send_out
from .letters import advise, look_after, note_taken, reply, send_warning
from .reporting import (
    answer,
    escalate,
    handles,
    known_as,
    move_up_late,
    pass_on,
    rate,
    read_words,
    take_coded,
    take_report,
)
from .seats import add_photo, appoint, appraise, enrol, examine, lapse, nominate, remind, renew, withdraw
from .work import (
    answer_question,
    ask,
    give_task,
    hand_in,
    hold_meeting,
    hold_training,
    log,
    make_plan,
    note_duty_report,
    open_complaint_box,
    plan_next_month,
    remind_of_meetings,
    save_box,
    tick_off,
)

__all__ = [
    "add_photo", "advise", "answer", "answer_question", "appoint", "appraise", "ask", "code_card", "dissolve",
    "draw_receivers", "enrol", "escalate", "examine", "fill_in", "give_task", "hand_in", "handles", "hold_meeting",
    "hold_training", "known_as", "lapse", "log", "look_after", "make_mailing", "make_plan", "move_up_late",
    "nominate", "note_duty_report", "note_taken", "open_complaint_box", "pass_on", "plan_next_month", "print_cards",
    "rate", "read_words", "remind", "remind_of_meetings", "renew", "reply", "save_body", "save_box", "save_entry",
    "send_out", "send_warning", "take_coded", "take_report", "tick_off", "withdraw",
]  # fmt: skip
