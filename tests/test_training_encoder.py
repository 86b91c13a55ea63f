"""The recipe of the encoder, without torch: what is read from corpora, how sentences are joined, how it is scored."""

from __future__ import annotations

import io
import sys
import tarfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from training.encoder import corpora, discourse, examples, measure  # noqa: E402
from training.encoder.corpora import SKIP, Sentence  # noqa: E402
from training.encoder.examples import IGNORED, Example  # noqa: E402

from tocsin.extract.parse.pieces import Pieces  # noqa: E402
from tocsin.extract.parse.tags import allowed  # noqa: E402

CONLLU = """# newdoc id = one
# text = Ships sail.
1\tShips\tship\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tsail\tsail\tVERB\tVBP\t_\t0\troot\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# text = They don't.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
3.1\tsail\tsail\tVERB\tVB\t_\t_\t_\t_\t_

# newdoc id = two
# text = Orr left.
1\tOrr\tOrr\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
"""


def _sentences() -> list[Sentence]:
    return [corpora.treebank("ewt", rows, notes) for rows, notes in corpora.conllu(CONLLU.splitlines())]


def _examples() -> list[Example]:
    found = _sentences()
    return examples.examples_of(Pieces({}), found, examples.inventory(found))


def test_only_syntactic_words_are_rows_and_a_document_holds_until_the_next() -> None:
    found = _sentences()
    assert [s.words for s in found] == [["Ships", "sail", "."], ["They", "do", "n't"], ["Orr", "left"]]
    assert [s.document for s in found] == ["one", "one", "two"]
    assert found[1].text == "They don't."


def test_a_sentence_without_names_teaches_no_names() -> None:
    assert set(_sentences()[0].names) == {SKIP}
    assert all(set(e.classes["name"]) == {IGNORED} for e in _examples())


def test_what_a_corpus_gives_by_rules_of_its_own_goes_to_a_head_of_its_own() -> None:
    classes = examples.inventory(_sentences())
    for corpus, heads in (
        ("wikigold", {"name", "wide"}),
        ("crossner", {"wide"}),
        ("gum", {"aside"}),
        ("re3d", {"aside"}),
        ("wnut", {"aside"}),
        ("btc", {"name", "wide"}),
    ):
        sentence = corpora.bare(corpus, ["Orr", "left"], ["B-PER", "O"])
        (example,) = examples.examples_of(Pieces({}), [sentence], classes)
        told = {t for t in ("name", "wide", "aside") if example.classes[t] == [1, 0]}
        silent = {t for t in ("name", "wide", "aside") if example.classes[t] == [IGNORED, IGNORED]}
        assert (told, silent) == (heads, {"name", "wide", "aside"} - heads)


def test_joined_sentences_keep_their_own_trees_and_tell_where_each_begins() -> None:
    first, second, _ = _examples()
    run = examples.joined([first, second])
    assert run.classes["head"] == [2, 0, 2, 5, 0, 5]
    assert run.classes["begin"] == [1, 0, 0, 1, 0, 0]
    assert run.parts == [0, 0, 0, 1, 1, 1]
    for dependent, head in enumerate(run.classes["head"]):
        assert not head or run.parts[head - 1] == run.parts[dependent]


def test_runs_lose_no_sentence_and_never_cross_documents() -> None:
    found = _examples() * 200
    read = list(examples.runs(found, np.random.default_rng(1)))
    assert sum(len(e.pieces) for e in read) == sum(len(e.pieces) for e in found)
    assert any(len(set(e.parts)) > 1 for e in read)
    orr = [e for e in read if e.document == "two"]
    assert all(len(e.pieces) == 2 for e in orr)


def test_an_epoch_is_the_same_for_the_same_seed() -> None:
    found = _examples() * 20

    def look(seed: int) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
        return [np.array(a["ids"]) for a in examples.epoch(found, seed=seed, number=0, most=60)]

    assert all(np.array_equal(a, b) for a, b in zip(look(1), look(1), strict=True))


def test_padding_belongs_to_no_sentence() -> None:
    arrays = examples.arrays_of(_examples())
    assert arrays["part"].tolist() == [[0, 0, 0], [0, 0, 0], [0, 0, -1]]
    assert arrays["head"][2].tolist() == [2, 0, IGNORED]


def _packed(folder: Path, name: str, text: str) -> None:
    (folder / "ner").mkdir()
    with tarfile.open(folder / "ner/crossner.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))


def test_a_politician_is_a_person_and_a_kind_counted_differently_elsewhere_is_left_open(tmp_path: Path) -> None:
    _packed(tmp_path, "crossner/x.txt", "Ann\tB-politician\nOrr\tI-politician\nwon\tO\nthe\tO\nVote\tB-election\n\n")
    (sentence,) = corpora.crossner(tmp_path)
    assert sentence.names == ["B-PER", "I-PER", "O", "O", SKIP]


@pytest.mark.parametrize("tags", [["I-SOURCE", "O"], ["B-CUE", "I-SOURCE"], ["I-CUE", "I-CUE"], ["O"]])
def test_repaired_tags_are_well_formed_and_repairing_twice_changes_nothing(tags: list[str]) -> None:
    found = discourse.repaired(tags)
    names = sorted(set(found))
    follow = allowed(names)
    assert not found[0].startswith("I-")
    assert all(follow[names.index(a), names.index(b)] for a, b in pairwise(found))
    assert discourse.repaired(found) == found


def test_gold_found_again_scores_a_hundred_and_nothing_found_scores_none() -> None:
    found = _sentences()[:2]
    assert measure.break_scores(found, lambda _: [0, 12])["breaks F1"] == 100
    assert measure.break_scores(found, lambda _: [0])["breaks F1"] == 0
    half = measure.break_scores(found, lambda _: [12, 5])
    assert half["breaks R"] == 100
    assert half["breaks P"] < 100


def test_a_span_counts_with_both_borders_and_kind_only() -> None:
    assert measure.spans(["B-PER", "I-PER"]) != measure.spans(["B-PER", "O"])
    assert measure.spans(["B-PER"]) != measure.spans(["B-ORG"])
    assert measure.f_score(1, 2, 4) == pytest.approx((100 / 3, 25, 50))
