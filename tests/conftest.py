"""What all tests share. Set-up happens before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("HUILIAN_HOME", tempfile.mkdtemp(prefix="huilian-test-"))
os.environ.setdefault("HUILIAN_SECRET", "for-tests-only")

from huilian.project import texts

texts.compile_stale()  # The .mo files are made, never kept: Chinese is the default language of every test.
