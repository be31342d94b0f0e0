"""Triggers by which the database itself refuses to change what must stay, whoever asks. For use in `versions/`."""

from __future__ import annotations

from alembic import op


def forbid(table: str, act: str, says: str, when: str = "1 = 1") -> None:
    """Refuse `act` (INSERT, UPDATE or DELETE) on rows of the table for which `when` (over OLD and NEW) is true."""
    name = _name(table, act)
    if op.get_bind().dialect.name != "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        return
    row = "OLD" if act == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN"
        f" RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def permit(table: str, act: str) -> None:
    """Take a guard away again."""
    name = _name(table, act)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {name}() CASCADE")
    else:
        op.execute(f"DROP TRIGGER {name}")


def _name(table: str, act: str) -> str:
    return f"guard_{table}_{act.lower()}"
