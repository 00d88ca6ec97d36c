"""SQLite with a fair gate for writers.

SQLite's own busy handler sleeps and retries, so under load an unlucky writer waits for seconds. Writers queue on a
file lock instead: first come, first served. Readers never wait.
"""

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    gate = None

    def _start_transaction_under_autocommit(self):
        self._open_gate()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._close_gate()
            raise

    def _commit(self):
        try:
            return super()._commit()
        finally:
            self._close_gate()

    def _rollback(self):
        try:
            return super()._rollback()
        finally:
            self._close_gate()

    def _close(self):
        try:
            return super()._close()
        finally:
            self._close_gate()

    def _open_gate(self):
        name = str(self.settings_dict["NAME"])
        if self.is_in_memory_db() or self.gate is not None:
            return
        gate = os.open(name + ".gate", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(gate, fcntl.LOCK_EX)
        self.gate = gate

    def _close_gate(self):
        if self.gate is not None:
            gate, self.gate = self.gate, None
            os.close(gate)
