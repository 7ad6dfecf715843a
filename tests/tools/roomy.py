"""pytest, with room for the calls within its calls: a tenth less of a processor's time.

python -m tests.tools.roomy    (and whatever pytest is told)
"""

import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    from partnership.deep_calls import in_one_piece

    sys.exit(in_one_piece(pytest.console_main)())
