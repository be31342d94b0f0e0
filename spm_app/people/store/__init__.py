"""All SQL of people: persons and company, the organisation, pay, accounts."""
