"""Mastheads: a first line that names a declared source as the publisher, and never a name in running text."""

from __future__ import annotations

from datetime import datetime

import pytest

from tocsin.desk import Desk
from tocsin.desk.masthead import masthead
from tocsin.model.report import Source

NOW = datetime(2026, 11, 29)  # noqa: DTZ001 - the store's moments are UTC without a zone
SOURCES = (
    Source(id="lantern", name="The Lantern", aliases=("Lantern Radio",)),
    Source(id="crw", name="Coast Relief Watch", aliases=("CRW",)),
    Source(id="front", name="Hill Front", aliases=("HF", "Front for the Hills"), party="Hill Front"),
    Source(id="army", name="Upland Army", party="Upland"),
    Source(id="news", name="News"),
)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Lantern Radio", "The Lantern"),
        ("Lantern Radio, Tuesday 3 March 2026", "The Lantern"),
        ("The Lantern - 3 mars 2026", "The Lantern"),
        ("3 March 2026 | LANTERN RADIO", "The Lantern"),
        ("Lantern Radio, Khartoum - evening bulletin", "The Lantern"),
        ("COAST RELIEF WATCH (CRW)", "Coast Relief Watch"),
        ("Coast Relief Watch: Situation Report No. 12", "Coast Relief Watch"),
        ("CRW Sudan - Port Access Bulletin 7", "Coast Relief Watch"),
        ("CRW - User Group Bulletin, North Darfur", "Coast Relief Watch"),
        ("Flash update 4/3/2026, by CRW", "Coast Relief Watch"),
        ("FRONT FOR THE HILLS (HF) - Official Communiqué No. 4", "Hill Front"),
        ("Hill Front", "Hill Front"),
        ("Lantern Radio denies that it was closed", None),
        ("Attack near the border, says CRW", None),
        ("CRW and Hill Front report", None),
        ("CRW - Hill Front flash update", None),
        ("Ships return to port, and the Lantern", None),
        ("CRW: Harbour Deaths Report", None),
        ("CRW Khartoum", None),
        ("Hill Front - 3 March 2026", None),
        ("Hill Front update", None),
        ("Upland Army news", None),
        ("News", None),
        ("Lantern Radio bulletin.", None),
    ],
)
def test_a_first_line_names_the_publisher_only_where_all_else_in_it_belongs_to_a_masthead(
    line: str, named: str | None
) -> None:
    found = masthead(f"{line}\nTwo ships left the port.", SOURCES)

    assert (found[0] if found else None) == named


def test_a_masthead_may_stand_in_the_third_line_and_not_in_the_fourth() -> None:
    assert masthead("Two ships\n\nCRW bulletin 4\nText.", SOURCES) == ("Coast Relief Watch", "CRW bulletin 4")
    assert masthead("Two ships\n\nleft port\nCRW bulletin 4\nText.", SOURCES) is None


def test_a_name_that_two_sources_share_names_neither() -> None:
    both = (Source(id="a", name="Post", aliases=("Radio One",)), Source(id="b", name="Hour", aliases=("radio one",)))

    assert masthead("Radio One, 3 March 2026\nText.", both) is None


def test_the_intake_takes_the_outlet_from_the_masthead_and_says_by_which_line(desk: Desk) -> None:
    (desk.path / "sources.toml").write_text(
        'schema = 1\n[[sources]]\nid = "crw"\nname = "Coast Relief Watch"\nkind = "organization"\nreliability = "B"\n',
        encoding="utf-8",
    )
    text = b"Coast Relief Watch - Port Sitrep 9\n3 November 2026\n\nTwo ships left the port of Halden on Monday.\n"

    (taken,) = desk.add([("sitrep.txt", lambda: text)], now=NOW)

    assert taken.report is not None
    assert desk.store.reports()[taken.report].outlet == "Coast Relief Watch"
    assert (taken.lacks, taken.reason) == (
        (),
        "outlet Coast Relief Watch, by its line “Coast Relief Watch - Port Sitrep 9”",
    )
