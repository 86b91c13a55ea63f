"""A declared problem becomes values, or all its faults with place and cure."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import Fault, FaultyInput
from tocsin.model.grade import Reliability
from tocsin.model.problem import WarningProblem
from tocsin.model.report import VoiceKind
from tocsin.problem import load, load_problem, parse_problem, template_problem

FULL = """
schema = 1
id = "northern-front"
question = "Will Russia attack Ukraine on the ground from Belarus?"
resolution = "Formed units of battalion size or more cross the border. Strikes and sabotage do not count."
opened = 2022-11-20
by = 2022-12-31
yardstick = "ICD 203"
decisions = [{ who = "regional team", what = "move staff south", takes = "2 days", alarm = 0.10 }]

[method]
contamination = 0.10
blanket_echo = 0.3
blanket_window_days = 7
self_repeat = 0.99
tempo = [[0.5, 0.15], [0.71, 0.30], [1.0, 0.35], [1.41, 0.15], [2.0, 0.05]]
prior_as_of = "opened"

[[gates]]
id = "decision"
statement = "Moscow decides on it"
probability = [0.05, 0.20]

[[gates]]
id = "belarus-participates"
statement = "Belarus takes part with its own forces"
probability = "very unlikely"
opens = 2022-12-01
lead = ["2 days", "1 week", "1 month"]
watch = ["Belarusian army joins"]
counter = ["Minsk refuses"]
noticed_within = "2 days"

[[scenarios]]
id = "joint-offensive"
statement = "A joint offensive in force"
event = true
prior = "very unlikely"
even_odds_within = "60 days"
not_before = 2022-12-20
season = [{ from = "11-01", to = "12-15", factor = 0.3 }]
needs = "decision and belarus-participates"

[[scenarios]]
id = "feint"
statement = "Forces are shown to tie down the defence"
event = false
prior = 0.4
even_odds_within = 20

[[scenarios]]
id = "quiet"
statement = "Nothing of the kind"
status_quo = true

[[indicators]]
id = "strike-groups"
statement = "Strike groups are being formed in Belarus"
watch = { en = ["strike group", "assault grouping"], uk = ["ударне угруповання"] }
not = ["strike group exercise anniversary"]
counter = ["withdrawn from Belarus"]
where = ["Belarus"]
who = "Russian forces"
seen_first = { joint-offensive = "nearly always", feint = "sometimes" }
lead = ["42 days", "49 days", "63 days"]
then = "relocation"
false_starts = "rare"
false_start_lasts = "20 days"
coverage = "none"
noticed_within = "7 days"
critical = true

[[indicators]]
id = "relocation"
statement = "Units move to the border"
watch = ["moved to the border"]
seen_first = { joint-offensive = 0.9 }
lead = { joint-offensive = [[2, 0.5], [3, 0.5]] }
coverage = "partly"

[[figures]]
id = "troops-in-belarus"
of = "Russian troops"
unit = "person"
where = "Belarus"
expect = [1000, 200000]
need = { joint-offensive = [80000, 100000] }
attempt = { joint-offensive = [30000, 60000] }

[[sources]]
id = "hur"
name = "Defence Intelligence"
kind = "official"
reliability = "B"
"""


def faults_of(text: str) -> dict[str, Fault]:
    with pytest.raises(FaultyInput) as caught:
        parse_problem(text, file="p.toml")
    return {fault.place.where: fault for fault in caught.value.faults}


def changed(old: str, new: str) -> str:
    if old not in FULL:
        raise ValueError(old)
    return FULL.replace(old, new, 1)


@pytest.fixture(scope="module")
def full() -> WarningProblem:
    return parse_problem(FULL, file="p.toml")


def test_the_whole_file_becomes_values(full: WarningProblem) -> None:
    assert (full.id, full.opened, full.by) == ("northern-front", date(2022, 11, 20), date(2022, 12, 31))
    assert [gate.id for gate in full.gates] == ["decision", "belarus-participates"]
    assert [scenario.event for scenario in full.scenarios] == [True, False, False]
    assert [decision.takes for decision in full.decisions] == [2.0]
    assert [source.kind for source in full.sources] == [VoiceKind.OFFICIAL]
    assert full.sources[0].reliability == {"": Reliability.B}
    assert full.figures[0].where == ("Belarus",)
    assert full.figures[0].need["joint-offensive"] == (80000.0, 100000.0)


def test_a_word_has_its_point_inside_its_band_and_a_number_stands_as_it_is(full: WarningProblem) -> None:
    word, plain = full.scenarios[0].prior, full.scenarios[1].prior

    assert word is not None
    assert plain is not None
    assert (word.low, word.high) == (0.05, 0.20)
    assert word.low < word.point < (word.low + word.high) / 2
    assert plain.low == plain.point == plain.high == 0.4


def test_the_status_quo_has_neither_prior_nor_onset(full: WarningProblem) -> None:
    quiet = full.scenarios[2]

    assert quiet.status_quo
    assert quiet.prior is None
    assert quiet.even_odds_within is None
    assert not quiet.event


def test_both_forms_of_a_lead_are_kept_as_they_were_given(full: WarningProblem) -> None:
    groups, relocation = full.indicators
    words, pairs = groups.lead("feint"), relocation.lead("joint-offensive")

    assert words is not None
    assert words.quantiles is not None
    assert (words.quantiles.least, words.quantiles.typical, words.quantiles.most) == (42, 49, 63)
    assert pairs is not None
    assert pairs.pairs == ((2, 0.5), (3, 0.5))
    assert relocation.lead("feint") is None


def test_what_must_be_followed_needs_building_unless_the_file_says_otherwise(full: WarningProblem) -> None:
    told = parse_problem(changed('then = "relocation"', 'then = "relocation"\nbuilding = false'), file="p.toml")

    assert [indicator.building for indicator in full.indicators] == [True, False]
    assert not told.indicators[0].building


def test_watch_phrases_keep_their_language_and_a_plain_list_is_english(full: WarningProblem) -> None:
    groups, relocation = (indicator.watch for indicator in full.indicators)

    assert set(groups.phrases) == {"en", "uk"}
    assert relocation.phrases == {"en": ("moved to the border",)}
    assert groups.lookalikes == ("strike group exercise anniversary",)
    assert groups.counter == {"en": ("withdrawn from Belarus",)}
    assert groups.who == ("Russian forces",)


def test_look_alikes_may_stand_inside_watch() -> None:
    inside = parse_problem(changed('uk = ["ударне угруповання"] }', 'not = ["pop group"] }'), file="p.toml")

    assert inside.indicators[0].watch.lookalikes == ("strike group exercise anniversary", "pop group")
    assert set(inside.indicators[0].watch.phrases) == {"en"}


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())

    assert load_problem(path).digest == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_ten_faults_are_shown_as_ten_each_with_place_and_cure() -> None:
    faulty = FULL
    for old, new in (
        ("schema = 1", "schema = 7"),
        ("by = 2022-12-31", 'by = "soon"'),
        ("contamination = 0.10", "contamination = 1.4"),
        ('probability = "very unlikely"', 'probability = "hardly ever"'),
        ('even_odds_within = "60 days"', 'even_odds_within = "six weeks-ish"'),
        ("decision and belarus-participates", "decision and belarus-partcipates"),
        ("feint = ", "faint = "),
        ('then = "relocation"', 'then = "relocations"'),
        ("expect = [1000, 200000]", "expect = [200000, 1000]"),
        ('id = "troops-in-belarus"', 'id = "relocation"'),
    ):
        if old not in faulty:
            raise ValueError(old)
        faulty = faulty.replace(old, new, 1)

    found = faults_of(faulty)

    assert set(found) == {
        "schema",
        "by",
        "method.contamination",
        "gates.belarus-participates.probability",
        "scenarios.joint-offensive.even_odds_within",
        "scenarios.joint-offensive.needs",
        "indicators.strike-groups.seen_first.faint",
        "indicators.strike-groups.then",
        "figures.relocation.expect",
        "figures.relocation.id",
    }
    assert all(fault.cure and fault.message and fault.place.file == "p.toml" for fault in found.values())
    assert "'six weeks-ish' is no duration (write \"6 weeks\" or 42)" in str(
        found["scenarios.joint-offensive.even_odds_within"]
    )
    assert found["indicators.strike-groups.then"].cure == "did you mean 'relocation'?"


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("schema = 1", "", "schema", "is missing"),
        ('question = "Will', 'questoin = "Will', "questoin", "no key"),
        ('id = "northern-front"', 'id = "northern front"', "id", "is no id"),
        ("by = 2022-12-31", "by = 2022-11-19", "by", "before opened"),
        ("by = 2022-12-31", "by = 2122-12-31", "by", "days after opened"),
        ("by = 2022-12-31", "by = 2022-12-31T00:00:00Z", "by", "a moment"),
        ("by = 2022-12-31", 'by = "2022-02-30"', "by", "no day of the calendar"),
        ('yardstick = "ICD 203"', 'yardstick = "ICD 230"', "yardstick", "no yardstick"),
        ("alarm = 0.10", "alarm = 10", "decisions.#1.alarm", "above 1"),
        ('takes = "2 days"', 'takes = "-2 days"', "decisions.#1.takes", "no duration"),
        ('takes = "2 days"', "takes = -2", "decisions.#1.takes", "too short"),
        ("[2.0, 0.05]]", "[2.0, 0.10]]", "method.tempo", "sum to 1.05"),
        ('prior_as_of = "opened"', 'prior_as_of = "today"', "method.prior_as_of", "no prior_as_of"),
        ("probability = [0.05, 0.20]", "probability = [0.20, 0.05]", "gates.decision.probability", "high to low"),
        ("probability = [0.05, 0.20]", "probability = [0, 0.05]", "gates.decision.probability", "certainty"),
        ("probability = [0.05, 0.20]", "probability = nan", "gates.decision.probability", "no probability"),
        ("probability = [0.05, 0.20]", "probability = true", "gates.decision.probability", "no probability"),
        ('id = "decision"', 'id = "and"', "gates.and.id", "word of the needs grammar"),
        ("event = true", 'event = "yes"', "scenarios.joint-offensive.event", "neither true nor false"),
        ("event = true", "event = false", "scenarios", "none of them counts"),
        ("prior = 0.4", "prior = 1.4", "scenarios.feint.prior", "above 1"),
        ("prior = 0.4", "", "scenarios.feint.prior", "is missing"),
        ("even_odds_within = 20", "even_odds_within = 0", "scenarios.feint.even_odds_within", "too short"),
        ("status_quo = true", "status_quo = true\nprior = 0.2", "scenarios.quiet.prior", "no meaning"),
        ("status_quo = true", "status_quo = true\nevent = true", "scenarios.quiet.event", "cannot be the event"),
        ('from = "11-01"', 'from = "02-30"', "scenarios.joint-offensive.season.#1.from", "no day of the year"),
        ("factor = 0.3", "factor = 900", "scenarios.joint-offensive.season.#1.factor", "hazard above one"),
        ('id = "feint"', 'id = "decision"', "scenarios.decision.id", "id of a gate"),
        ('lead = ["42 days", "49 days", "63 days"]', "", "indicators.strike-groups.lead", "is missing"),
        ('"42 days", "49 days"', '"52 days", "49 days"', "indicators.strike-groups.lead", "short to long"),
        ('"42 days", "49 days"', '"49 days"', "indicators.strike-groups.lead", "not three"),
        ('"42 days", "49 days"', '"0 days", "49 days"', "indicators.strike-groups.lead", "begins at nothing"),
        ("[[2, 0.5], [3, 0.5]]", "[[2, 0.5], [3, 0.4]]", "indicators.relocation.lead.joint-offensive", "sum to 0.9"),
        ("[[2, 0.5], [3, 0.5]]", "[[2, 0.5], [2, 0.5]]", "indicators.relocation.lead.joint-offensive", "twice"),
        ("lead = { joint-offensive =", "lead = { feint =", "indicators.relocation.lead.joint-offensive", "is missing"),
        ("seen_first = { joint-offensive = 0.9 }", "", "indicators.relocation.seen_first", "is missing"),
        ('then = "relocation"', 'then = "strike-groups"', "indicators.strike-groups.then", "circle"),
        ('false_starts = "rare"', 'false_starts = "rarely"', "indicators.strike-groups.false_starts", "no rate"),
        ('coverage = "none"', 'coverage = "some"', "indicators.strike-groups.coverage", "no coverage"),
        ("{ en = [", "{ English = [", "indicators.strike-groups.watch", "no language code"),
        (
            "need = { joint-offensive = [80000, 100000] }",
            "need = [80000, 100000]",
            "figures.troops-in-belarus.need",
            "does not say",
        ),
        ("[80000, 100000]", "[100000, 80000]", "figures.troops-in-belarus.need.joint-offensive", "high to low"),
        ("[30000, 60000]", "[0, 60000]", "figures.troops-in-belarus.attempt.joint-offensive", "nought"),
        ('reliability = "B"', 'reliability = "G"', "sources.hur.reliability", "no reliability"),
        ('kind = "official"', 'kind = "officer"', "sources.hur.kind", "no kind of source"),
    ],
)
def test_each_fault_is_told_at_its_place(old: str, new: str, where: str, says: str) -> None:
    found = faults_of(changed(old, new))

    assert says in found[where].message
    assert found[where].cure


def test_one_fault_does_not_bring_others_with_it() -> None:
    for old, new in (
        ('id = "joint-offensive"', 'id = "joint offensive"'),
        ("prior = 0.4", "prior = 40"),
        ('probability = "very unlikely"', 'probability = "so so"'),
        ("opened = 2022-11-20", 'opened = "whenever"'),
    ):
        spaced = (
            changed(old, new).replace("{ joint-offensive", '{ "joint offensive"')
            if " off" in new
            else changed(old, new)
        )
        assert len(faults_of(spaced)) == 1, new


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("takes = ", "take = ", "decisions.#1.take"),
        ("question = ", "questoin = ", "questoin"),
        ("prior = 0.4", "priors = 0.4", "scenarios.feint.priors"),
        ("event = true", "evnet = true", "scenarios.joint-offensive.evnet"),
        ('lead = ["42', 'leads = ["42', "indicators.strike-groups.leads"),
    ],
)
def test_a_misspelt_key_is_not_reported_missing_as_well(old: str, new: str, where: str) -> None:
    found = faults_of(changed(old, new))

    assert set(found) == {where}
    assert "did you mean" in found[where].cure


def test_priors_above_one_name_the_gates_that_let_them_meet() -> None:
    found = faults_of(changed("prior = 0.4", "prior = 0.95"))

    assert "when belarus-participates, decision are open" in found["scenarios"].message


def test_priors_above_one_are_told_beside_other_faults_of_the_scenarios() -> None:
    text = changed("prior = 0.4", "prior = 0.95").replace("not_before = 2022-12-20", 'not_before = "later"')

    assert set(faults_of(text)) == {"scenarios", "scenarios.joint-offensive.not_before"}


def test_a_scenario_whose_needs_cannot_be_read_is_left_out_of_the_sum_of_priors() -> None:
    text = changed("prior = 0.4", "prior = 0.95").replace("decision and belarus", "decision und belarus")

    assert set(faults_of(text)) == {"scenarios.joint-offensive.needs"}


def test_priors_may_sum_above_one_where_gates_keep_them_apart() -> None:
    apart = changed('prior = "very unlikely"', "prior = 0.9").replace(
        "event = false\nprior = 0.4", 'event = false\nneeds = "not decision"\nprior = 0.9'
    )

    assert parse_problem(apart, file="p.toml").scenarios[1].needs.op == "not"


def test_gates_that_need_each_other_are_told_the_circle() -> None:
    text = changed("probability = [0.05, 0.20]", 'probability = 0.1\nneeds = "belarus-participates"')
    text = text.replace("opens = 2022-12-01", 'needs = "decision"')

    with pytest.raises(FaultyInput, match="belarus-participates > decision > belarus-participates"):
        parse_problem(text, file="p.toml")


def test_an_eleventh_gate_is_one_too_many() -> None:
    more = "".join(f'\n[[gates]]\nid = "g{n}"\nprobability = 0.5\n' for n in range(9))

    assert "gate 11" in faults_of(FULL + more)["gates.g8.id"].message


def test_a_second_status_quo_is_one_too_many() -> None:
    assert (
        "already"
        in faults_of(FULL + '\n[[scenarios]]\nid = "calm"\nstatus_quo = true\n')["scenarios.calm.status_quo"].message
    )


def test_a_file_that_is_no_toml_is_told_its_line() -> None:
    assert "line 3" in next(iter(faults_of('schema = 1\nid = "a"\nby = = 2\n')))
    assert "line 2" in next(iter(faults_of('schema = 1\nid = "a\n')))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a = '\xff'", "UTF-8"),
        (b"#" * 1_000_001, "larger than 1 MB"),
        (b"", "is missing"),
        (b"\x00\x01\x02", "no TOML"),
        (b"a = " + b"[" * 5000, "too deep"),
        (b"a" + b".a" * 400_000 + b" = 1", "line 1: holds a key of more than sixteen parts"),
        (b"[" + b'"a" . ' * 150_000 + b"a]", "line 1: holds a key of more than sixteen parts"),
        (b'"\\' * 400_000, "no TOML"),
        (b"".join(b"k%d = 1\n" % n for n in range(90_000)), "no key of a problem"),
        (b"a = " + b"9" * 5000, "too deep or too long"),
    ],
)
def test_hostile_files_are_faults_too(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(data)

    with pytest.raises(FaultyInput, match=says):
        load_problem(path)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="cannot be opened"):
        load_problem(tmp_path / "none.toml")


def test_what_a_later_version_reads_is_accepted_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(FULL + '\n[[feeds]]\nurl = "https://example.org/rss"\n', encoding="utf-8")

    assert [note.place.where for note in load(path).notes] == ["feeds"]


def test_a_problem_whose_file_has_another_name_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "problems" / "other.toml"
    path.parent.mkdir()
    path.write_text(FULL, encoding="utf-8")

    assert [note.place.where for note in load(path).notes] == ["id"]


def test_the_template_has_neither_faults_nor_notes(tmp_path: Path) -> None:
    path = tmp_path / "border-crossing.toml"
    path.write_text(template_problem(), encoding="utf-8")

    assert load(path).notes == ()


def test_notes_name_what_cannot_matter(tmp_path: Path) -> None:
    text = changed("not_before = 2022-12-20", "not_before = 2023-12-20").replace(
        "decision and belarus-participates", "decision and not decision"
    )
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")

    assert {note.place.where for note in load(path).notes} == {
        "gates.belarus-participates",
        "scenarios.joint-offensive.needs",
        "scenarios.joint-offensive.not_before",
    }


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("prior = 0.04", 'prior = "20 %"', "'20 %' is no probability (write 0.2)"),
        (
            "prior = 0.04",
            'prior = "likely"',
            'sum to 1.465 when cabinet-decides is open: 0.69 (full-closure, "likely") + 0.69 (storm-closure, "likely")',
        ),
        ('["12 hours", "2 days", "5 days"]', '["5 weeks", "12 days", 4]', '(write [4, "12 days", "5 weeks"]'),
        ('["12 hours", "2 days", "5 days"]', '"12 days"', '(write three, such as [6, "12 days", 24]'),
        ('question = "Will', "question = Will", "'question = Will the crossing"),
        ('question = "Will', "question = Will", 'text must stand in "quotes"'),
    ],
)
def test_a_cure_is_made_of_the_authors_own_values(written: str, instead: str, told: str) -> None:
    with pytest.raises(FaultyInput) as error:
        parse_problem(template_problem().replace(written, instead), file="p.toml")

    assert told in str(error.value)
