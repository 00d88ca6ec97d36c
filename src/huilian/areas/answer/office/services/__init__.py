"""What a person can do about places of talks and offices. Each verb checks, locks, writes and records at once."""

from .catalogue import save_duty, save_equipment, save_item, save_limit, save_room, save_slot
from .checking import Seen, note_checks
from .duties import adopt, finish, plan_tasks, sign_read, withdraw
from .exchange import save_code, save_heading, save_profile, send_out, settle, take_in
from .incidents import follow_up, open_talk, report_incident
from .talks import book, decide, give_up, hand_over, mark, note_medical, take_over, warn

__all__ = [
    "Seen", "adopt", "book", "decide", "finish", "follow_up", "give_up", "hand_over", "mark", "note_checks",
    "note_medical", "open_talk", "plan_tasks", "report_incident", "save_code", "save_duty", "save_equipment",
    "save_heading", "save_item", "save_limit", "save_profile", "save_room", "save_slot", "send_out", "settle",
    "sign_read", "take_in", "take_over", "warn", "withdraw",
]  # fmt: skip
