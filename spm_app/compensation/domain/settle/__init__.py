"""From earning to payment: caps, clawbacks, lines by hand, gates, holds, draws, what is below nothing, currencies.

`settled` in `order` is the one thing to call; the other files are one idea each, in the order of the calculation.
"""
