"""How the cards look."""

from collections.abc import Sequence
from datetime import datetime

import flet as ft

from app.components.dashboard.card import State
from app.components.dashboard.look import Seen
from app.components.dashboard.settings import DashboardSettings
from app.components.frontend import ui
from app.core.config import settings

# Seen without colours too: each has an icon and words of its own.
_LOOKS = {
    State.UNWATCHED: ("Not watched", ft.Icons.VISIBILITY_OFF_OUTLINED, ft.Colors.ON_SURFACE_VARIANT),
    State.WELL: ("Well", ft.Icons.CHECK_CIRCLE_ROUNDED, ft.Colors.TERTIARY),
    State.STRAINED: ("Needs a look", ft.Icons.WARNING_ROUNDED, ft.Colors.ORANGE_800),
    State.SLOW: ("No answer in time", ft.Icons.HOURGLASS_BOTTOM_ROUNDED, ft.Colors.ORANGE_800),
    State.DOWN: ("Down", ft.Icons.ERROR_ROUNDED, ft.Colors.ERROR),
}


def board(all_seen: Sequence[Seen], at: datetime) -> list[ft.Control]:
    """The whole page: what is worst, and a card for each part."""
    every = settings(DashboardSettings).dashboard_refresh_seconds
    when = f"As of {at:%H:%M:%S} UTC, and again every {every:g} seconds."
    cards: list[ft.Control] = [ft.Container(_card(seen), col={"xs": 12, "md": 6}) for seen in all_seen]
    grid = ft.ResponsiveRow(cards, spacing=20, run_spacing=20)
    return [ui.title("Dashboard", when), _worst(all_seen), grid]


def _worst(all_seen: Sequence[Seen]) -> ft.Control:
    worst = max(State.WELL, *(seen.card.state for seen in all_seen))
    named = ", ".join(_name(seen) for seen in all_seen if seen.card.state == worst)
    words = "All is well" if worst == State.WELL else f"{_LOOKS[worst][0]}: {named}"
    return ui.card(ft.Row([_icon(worst, 28), ft.Text(words, size=17, expand=True)], spacing=12))


def _card(seen: Seen) -> ft.Control:
    state = seen.card.state
    took = "" if seen.milliseconds is None else f" · {seen.milliseconds:.0f} ms"
    head = ft.Row([_icon(state, 20), ft.Text(_name(seen), size=17, expand=True)], spacing=10)
    rows = [_row(name, str(value)) for name, value in seen.card.facts.items()]
    hint = [ui.muted(seen.card.hint)] if seen.card.hint else []
    table = [ft.Column([*rows], spacing=10)] if rows else []
    return ui.card(ft.Column([head, ui.muted(_LOOKS[state][0] + took)], spacing=6), *table, *hint)


def _row(name: str, value: str) -> ft.Control:
    return ft.Row(
        [ui.muted(name), ft.Text(value, size=14, expand=True, text_align=ft.TextAlign.RIGHT)], spacing=16
    )


def _icon(state: State, size: int) -> ft.Icon:
    _, icon, colour = _LOOKS[state]
    return ft.Icon(icon, color=colour, size=size)


def _name(seen: Seen) -> str:
    return seen.part.capitalize()
