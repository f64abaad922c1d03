import sys
from pathlib import Path

# tests/run sets PYTHONPATH; this is for a plain `pytest tests/integration/x_test.py`.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support" / "py"))

from dongbo_test.fixtures import *  # noqa: E402,F401,F403
