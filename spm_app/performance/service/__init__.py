"""The front door of performance: a home for each role."""

from spm_app.performance.service.home import Home, Task, home
from spm_app.performance.service.system import System

__all__ = ["Home", "System", "Task", "home"]
