"""The calculation: relational steps over columns of whole numbers. `calculate` is the one thing to call."""

from spm_app.compensation.engine.calculation import calculate
from spm_app.compensation.engine.frames import Frames, frames
from spm_app.compensation.engine.results import Results

__all__ = ["Frames", "Results", "calculate", "frames"]
