"""A plan told in sentences. One small function a concept; what nobody has put into words yet is said as it is written.

The sentences come from the text itself, so that nothing that it says can be left out.
"""

from spm_app.compensation.domain.prose.changes import changes
from spm_app.compensation.domain.prose.document import Section, prose_of
from spm_app.compensation.domain.prose.phrase import Phrase

__all__ = ["Phrase", "Section", "changes", "prose_of"]
