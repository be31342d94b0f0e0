"""`python -m spm_app.cli`."""

from spm_app.cli import main

main()
