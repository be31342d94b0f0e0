"""The front door of training. Trainers write, everybody learns, managers see their team.

Use cases take an `Actor` and look after permission and transaction; `certificates` is a fact for the modules above
and takes the `Work` that it is asked in.
"""

from spm_app.training.service.authoring import (
    author_course,
    create,
    desk,
    duplicate,
    edit,
    publish,
    studio,
    unpublish,
)
from spm_app.training.service.badges import badges_of, revoke_badge, team_badges
from spm_app.training.service.facts import about, certificates, due_for, next_activity, titles
from spm_app.training.service.learning import (
    assign,
    catalogue,
    course,
    enrol,
    finish_lesson,
    my_courses,
    open_activity,
    withdraw,
)
from spm_app.training.service.preview import (
    preview,
    preview_activity,
    preview_questions,
    try_answers,
    version_text,
    versions,
)
from spm_app.training.service.quizzes import answer, attempt, result, start, submit
from spm_app.training.service.results import course_results, learnt, team

__all__ = [
    "about",
    "answer",
    "assign",
    "attempt",
    "author_course",
    "badges_of",
    "catalogue",
    "certificates",
    "course",
    "course_results",
    "create",
    "desk",
    "due_for",
    "duplicate",
    "edit",
    "enrol",
    "finish_lesson",
    "learnt",
    "my_courses",
    "next_activity",
    "open_activity",
    "preview",
    "preview_activity",
    "preview_questions",
    "publish",
    "result",
    "revoke_badge",
    "start",
    "studio",
    "submit",
    "team",
    "team_badges",
    "titles",
    "try_answers",
    "unpublish",
    "version_text",
    "versions",
    "withdraw",
]
