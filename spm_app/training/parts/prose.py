"""A lesson's text as it is read: HTML that the service made and filtered."""

from __future__ import annotations

from typing import Any

import reflex as rx

_LOOKS = (
    "max-w-[68ch] text-[16px] leading-7 text-ink break-words [&>*:first-child]:mt-0 [&>*:last-child]:mb-0 "
    "[&_h2]:text-[18px] [&_h2]:font-semibold [&_h2]:mt-6 [&_h2]:mb-2 "
    "[&_h3]:text-[16px] [&_h3]:font-semibold [&_h3]:mt-5 [&_h3]:mb-1 "
    "[&_p]:my-3 [&_ul]:list-disc [&_ol]:list-decimal [&_ul]:pl-6 [&_ol]:pl-6 [&_ul]:my-3 [&_ol]:my-3 [&_li]:my-1 "
    "[&_a]:text-accent [&_a]:underline [&_strong]:font-semibold [&_em]:italic [&_img]:max-w-full [&_img]:rounded-lg "
    "[&_blockquote]:border-l-4 [&_blockquote]:border-line-strong [&_blockquote]:pl-4 [&_blockquote]:ml-0 "
    "[&_blockquote]:text-ink-soft [&_code]:bg-sunken [&_code]:rounded [&_code]:px-1 [&_code]:text-[14px] "
    "[&_pre]:bg-sunken [&_pre]:rounded-lg [&_pre]:p-3 [&_pre]:overflow-x-auto [&_hr]:border-line [&_hr]:my-5 "
    "[&_table]:border-collapse [&_table]:block [&_table]:overflow-x-auto [&_table]:my-3 "
    "[&_th]:border [&_th]:border-line [&_th]:px-3 [&_th]:py-1.5 [&_th]:text-left [&_th]:font-medium "
    "[&_td]:border [&_td]:border-line [&_td]:px-3 [&_td]:py-1.5"
)


def prose(safe_html: Any, **props: Any) -> rx.Component:
    """Only for HTML from `service.markdown`, which lets no script, style or foreign picture through."""
    return rx.html(safe_html, class_name=_LOOKS, **props)
