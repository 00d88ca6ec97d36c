"""Acts of the directory as sentences."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Appointment, Unit, WorkGroup, WorkGroupMember


def _label(choices):
    return lambda value: dict(choices.choices).get(value, value)


EVENTS = {
    "directory.add_place": Sentence(_("entered the place {name} ({code})")),
    "directory.rename_place": Sentence(_("renamed the place to {name} by {document}")),
    "directory.recode_place": Sentence(_("gave the place the code {code} by {document}")),
    "directory.move_place": Sentence(_("moved the place to {name} ({to})")),
    "directory.merge_place": Sentence(_("merged the place into {name} from {on}; {moved} places moved with it")),
    "directory.cut_out": Sentence(_("kept this county only and dropped {dropped} places")),
    "directory.load_divisions": Sentence(
        _("loaded the table of divisions: {added} added, {renamed} renamed, {gone} no longer listed")
    ),
    "directory.add_unit": Sentence(_("entered the unit {name} ({kind})"), {"kind": _label(Unit.Kind)}),
    "directory.change_unit": Sentence(_("changed the unit")),
    "directory.cover_places": Sentence(_("set the places the unit covers: {places}")),
    "directory.dissolve_unit": Sentence(_("dissolved the unit; last day {on}")),
    "directory.add_post": Sentence(_("made the post {name} at {unit} with the roles {roles}")),
    "directory.change_post": Sentence(_("changed the post")),
    "directory.close_post": Sentence(_("abolished the post; last day {on}")),
    "directory.add_organisation": Sentence(_("entered the organisation {name}")),
    "directory.change_organisation": Sentence(_("changed the organisation: {fields}")),
    "directory.add_person": Sentence(_("entered {name}")),
    "directory.change_person": Sentence(_("changed the person's entry: {fields}")),
    "directory.appoint": Sentence(
        _("appointed {person} as {post} at {unit} ({kind}) from {from}"), {"kind": _label(Appointment.Kind)}
    ),
    "directory.end_appointment": Sentence(_("ended the appointment of {person} as {post} at {unit}; last day {on}")),
    "directory.declare_kin": Sentence(_("declared kin (sealed)")),
    "directory.withdraw_kin": Sentence(_("withdrew a declaration of kin (sealed)")),
    "directory.set_up_group": Sentence(_("set up the work group {name} ({kind})"), {"kind": _label(WorkGroup.Kind)}),
    "directory.add_member": Sentence(
        _("added {member} to the work group as {duty}"), {"duty": _label(WorkGroupMember.Duty)}
    ),
    "directory.remove_member": Sentence(_("ended the membership of {member}; last day {on}")),
    "directory.dissolve_group": Sentence(_("dissolved the work group; last day {on}")),
}
