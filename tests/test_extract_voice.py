from __future__ import annotations

import pytest

from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.subject import phrase
from tocsin.extract.voice import kind
from tocsin.model.report import Span, VoiceKind


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("sources in the northern staff", VoiceKind.ANONYMOUS),
        ("one of the high-ranking interlocutors of the paper from the Borland authorities", VoiceKind.ANONYMOUS),
        ("a senior official", VoiceKind.ANONYMOUS),
        ("two Western officials", VoiceKind.ANONYMOUS),
        ("Colonel Anna Berg", VoiceKind.OFFICIAL),
        ("the head of the guard", VoiceKind.OFFICIAL),
        ("Oleksiy Hromov of the General Staff", VoiceKind.OFFICIAL),
        ("Intelligence Directorate (GUR) Spokesperson Vadym Skibitsky", VoiceKind.OFFICIAL),
        ("analysts at the Harbour Institute", VoiceKind.ORGANIZATION),
        ("the Ministry of Defence", VoiceKind.ORGANIZATION),
        ("northern military intelligence", VoiceKind.ORGANIZATION),
        ("the Kremlin", VoiceKind.ORGANIZATION),
        ("Minsk", VoiceKind.ORGANIZATION),
        ("ISW", VoiceKind.ORGANIZATION),
        ("Russian media", VoiceKind.ADVERSARY_MEDIA),
        ("the state news agency BelTA", VoiceKind.ADVERSARY_MEDIA),
        ("TASS", VoiceKind.ADVERSARY_MEDIA),
        ("Reuters", VoiceKind.MEDIA),
        ("the newspaper", VoiceKind.MEDIA),
        ("residents of the town", VoiceKind.PUBLIC),
        ("Ann Orr", VoiceKind.PERSON),
    ],
)
def test_what_kind_of_voice_a_phrase_names(named: str, expected: VoiceKind) -> None:
    line = Line.of(named, Span(0, len(named)), ())

    assert kind(line, Words(0, len(line))) is expected


def test_pictures_are_theirs_who_worked_on_them() -> None:
    text = "Satellite pictures analysed by Quay Watch show an increase in barges."
    line = Line.of(text, Span(0, len(text)), ())
    words = phrase(line, line.lower.index("pictures"))
    assert line.words(*words) == ("satellite", "pictures", "analysed", "by", "quay", "watch")
