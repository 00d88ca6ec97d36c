"""Where flows put themselves: what else happens when a matter is not accepted because it belongs somewhere else."""

from collections.abc import Callable

# Key of a ground → (order, by): registers the matter there, in the same transaction, and gives its number. Raises
# Refused where it could not be taken in there; then the matter is not refused here either.
ELSEWHERE: dict[str, Callable] = {}
