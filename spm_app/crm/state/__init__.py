"""What the screens of crm remember."""
