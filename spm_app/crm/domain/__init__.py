"""What is sold, as values: deals, accounts, products, and how a foreign file is read."""
