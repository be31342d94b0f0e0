"""The front door of crm: what is sold, to whom and by whom, and how it is taken in from elsewhere.

Use cases take an `Actor` and look after permission and transaction; facts for the modules above take the `Work` that
they are asked in.
"""

from spm_app.crm.service.drafting import (
    FileLook,
    Question,
    draft,
    look,
    questions,
    relaid,
    targets,
    turned,
    with_heading,
)
from spm_app.crm.service.facts import (
    closed_in,
    customers,
    deal_by_ids,
    deals_named,
    import_names,
    newest_import,
    open_deals,
    opened_in,
    pipelines_at,
    products,
    sales_since,
    stages_of,
)
from spm_app.crm.service.importing import (
    JOB,
    Preview,
    Refused,
    import_now,
    import_of,
    imports_page,
    preview,
    refused,
    run,
    start,
    undo,
)
from spm_app.crm.service.lists import account, accounts_page, choices, deal, deals_page, sectors
from spm_app.crm.service.saved import mapping_named, mappings, save_mapping
from spm_app.crm.service.taking import load

__all__ = [
    "JOB",
    "FileLook",
    "Preview",
    "Question",
    "Refused",
    "account",
    "accounts_page",
    "choices",
    "closed_in",
    "customers",
    "deal",
    "deal_by_ids",
    "deals_named",
    "deals_page",
    "draft",
    "import_names",
    "import_now",
    "import_of",
    "imports_page",
    "load",
    "look",
    "mapping_named",
    "mappings",
    "newest_import",
    "open_deals",
    "opened_in",
    "pipelines_at",
    "preview",
    "products",
    "questions",
    "refused",
    "relaid",
    "run",
    "sales_since",
    "save_mapping",
    "sectors",
    "stages_of",
    "start",
    "targets",
    "turned",
    "undo",
    "with_heading",
]
