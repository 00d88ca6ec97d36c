"""What all tests share. Set-up happens before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("HUILIAN_HOME", tempfile.mkdtemp(prefix="huilian-test-"))
os.environ.setdefault("HUILIAN_SECRET", "for-tests-only")
