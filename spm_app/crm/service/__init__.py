"""The front door of crm."""
