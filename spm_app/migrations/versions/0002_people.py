"""Company, persons, titles, positions, teams, accounts and sessions."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop them."""
