"""The pages of crm, one a file."""
