"""Composition root: the only file that knows every page."""

import reflex as rx

app = rx.App()


def index() -> rx.Component:
    """Say that the house stands."""
    return rx.el.main(rx.el.h1("Traguardo"))


app.add_page(index, route="/")
