"""How the acts on an alert read in its history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Alert, Level

LEVELS = {"level": lambda value: Level(int(value)).label}
VERDICTS = {"verdict": lambda value: Alert.Verdict(value).label}

EVENTS = {
    "alerts.raise": Sentence(_("raised a {level} alert by rule {rule}"), LEVELS),
    "alerts.rise": Sentence(_("the alert of rule {rule} is now {level}"), LEVELS),
    "alerts.lapse": Sentence(_("took the prompt off the list: done before the limit")),
    "alerts.route": Sentence(_("decided where {level} alerts go"), LEVELS),
    "alerts.pack": Sentence(_("took the evidence pack, SHA-256 {digest}")),
    "alerts.escalate": Sentence(_("sent it up, as nobody signed for or answered it in {days} working days")),
    "alert.sign": Sentence(_("signed for the alert")),
    "alert.explain": Sentence(_("explained: {note}")),
    "alert.proceed": Sentence(_("went on to the check, as no reply came in time: {note}")),
    "alert.ask_again": Sentence(_("asked the unit for more: {note}")),
    "alert.check": Sentence(_("found it {verdict}: {note}"), VERDICTS),
    "alert.dismiss": Sentence(_("found it not true: {note}")),
    "alert.find_data_error": Sentence(_("found an error in the data, to be corrected by {unit}: {note}")),
    "alert.correct": Sentence(_("corrected the data: {note}")),
    "alert.rectify": Sentence(_("reported the rectification: {note}")),
    "alert.verify": Sentence(_("verified the rectification: {note}")),
    "alert.send_back": Sentence(_("did not find it put right: {note}")),
    "alert.lower": Sentence(_("verified the rectification; it is watched on: {note}")),
    "alert.accept_correction": Sentence(_("saw the slip of form made good in time: {note}")),
    "alert.appeal": Sentence(_("appealed against the verdict: {note}")),
    "alert.uphold": Sentence(_("decided the appeal, {verdict}: {note}"), VERDICTS),
    "alert.overturn": Sentence(_("decided the appeal, {verdict}: {note}"), VERDICTS),
    "alert.overturn_data": Sentence(_("decided the appeal, {verdict}; {unit} is to correct it: {note}"), VERDICTS),
    "alert.close": Sentence(_("closed the alert")),
    "alert.reopen": Sentence(_("raised the alert again: {note}")),
}
