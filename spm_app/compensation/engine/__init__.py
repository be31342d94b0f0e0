"""The calculation: relational steps over columns of whole numbers.

`calculate` says what everybody earns, `calculate_whole` goes on to what of it is paid.
"""

from spm_app.compensation.engine.calculation import calculate
from spm_app.compensation.engine.frames import Frames, frames
from spm_app.compensation.engine.results import Results
from spm_app.compensation.engine.settling import Whole, calculate_whole

__all__ = ["Frames", "Results", "Whole", "calculate", "calculate_whole", "frames"]
