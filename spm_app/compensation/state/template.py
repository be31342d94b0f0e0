"""Where a new plan begins: a text that is right as it stands, to change."""

TEMPLATE = """\
# A share of what the seller wins, and more above quota. Change what you need; the checker says what does not fit.
code: new_plan
name: New plan
currency: EUR
effective: {from: 2026-01-01}
eligibility: {titles: [SELLER]}
period: quarter
rounding: half_up
components:
  - code: sales
    name: {en: Sales against quota, it: Vendite rispetto alla quota}
    credit: {when: "outcome = 'won'", to: owner}
    rate_table:
      over: attainment
      kind: marginal
      bands:
        - {from: 0 %, to: 100 %, rate: 4 %}
        - {from: 100 %, rate: 6 %}
"""
