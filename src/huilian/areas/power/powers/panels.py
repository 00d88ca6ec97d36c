"""What stands on the page of a case of an item: the power it uses, and marks of forbidden acts."""

from .queries.cases import item_case_of, open_marks


def power(case, user) -> dict:
    noted = item_case_of(case)
    return {"noted": noted, "item": noted and noted.item, "marks": list(open_marks(noted)) if noted else []}
