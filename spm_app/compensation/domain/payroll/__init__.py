"""What payroll is given: who is paid how much under which code, and the file that says so."""
