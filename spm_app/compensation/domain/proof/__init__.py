"""The proof of a statement: a file that holds everything needed to work it out again, and the script that does."""

from spm_app.compensation.domain.proof.statement_proof import FORMAT, proof_of, sealed
from spm_app.compensation.domain.proof.verify_proof import check

__all__ = ["FORMAT", "check", "proof_of", "sealed"]
