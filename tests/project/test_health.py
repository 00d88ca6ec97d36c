"""`/healthz` says whether the process can serve, and nothing else."""

from django.db import DatabaseError, connection


def test_a_sound_process_says_so(client, db):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_database_that_does_not_answer_is_told(client, db, monkeypatch):
    def broken():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        answer = client.get("/healthz")

    assert answer.status_code == 503
