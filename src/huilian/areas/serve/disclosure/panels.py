"""What the case page of a question shows."""

from .queries import question_of_case, table_of


def asked(case, user) -> dict:
    """The question, what it is about, and its answer."""
    question = question_of_case(case)
    line = []
    if question.line and question.item.state != "withdrawn":
        table = table_of(question.item)
        line = [(name, text) for _kind, text, name in table.lines[question.line - 1].cells if text]
    return {"question": question, "line": line}
