"""Goals and quotas as plain values: no database, no screen, no clock."""
