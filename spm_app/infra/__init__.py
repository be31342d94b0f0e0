"""What touches the outside: database, clock, jobs, mail, files. No business."""
