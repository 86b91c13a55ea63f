from __future__ import annotations

from datetime import date

import pytest

from tocsin.extract import extract
from tocsin.model.claim import Claim, Modality, Polarity, Role
from tocsin.model.report import Report
from tocsin.model.time import Window


def read(text: str) -> tuple[Claim, ...]:
    return extract(Report(id="sha256:0", text=text, lang="en", published=Window.on(date(2022, 12, 2)))).claims


def only(text: str) -> Claim:
    [claim] = read(text)
    return claim


@pytest.mark.parametrize(
    "text",
    [
        "The forming of assault groups has not been recorded yet.",
        "There are no markers of an attack in Borland.",
        "The coast guard did not record any covert call-up.",
        "Northern gunners do not train with the riders.",
        "No strike group is being formed in Borland.",
        "The riders don't have enough fuel.",
        "The staff denied that a unit had crossed the river.",
        "The army reported no movement near the ford.",
        "The council is no longer content with promises.",
        "The prince failed to raise the money.",
        "Neither town wants a war.",
        "The plant has yet to deliver a single shell.",
        "The coast has given the riders nothing.",
        "Not one boat was stopped at the ford.",
        "At no point did the riders cross the river.",
        "The yard lacks fuel.",
        "The prince has abandoned plans to take the ford.",
        "The yard has stopped producing boats.",
        "The report of a crossing is false.",
    ],
)
def test_a_negated_main_statement_is_denied(text: str) -> None:
    assert only(text).polarity is Polarity.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "This is not only about shells.",
        "The prince has not abandoned plans to take the ford.",
        "It is not the first time that the envoy travels.",
        "The staff denied that the unit had not crossed the river.",
        "The guards who do not sleep saw a train.",
        "An attack on the coast is unlikely.",
        "An attack cannot be ruled out.",
        "No fewer than 40 boats were seen.",
        "Not only boats but also guns were seen.",
        "The riders did not fail to cross the river.",
        "The shelling has not stopped.",
        "Nothing but ash is left.",
        "The treaty cannot enter into force without the consent of the house.",
        "The riders left the town because they had no fuel.",
    ],
)
def test_a_not_that_denies_nothing_leaves_it_affirmed(text: str) -> None:
    assert read(text)[0].polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The bridge is open.", Modality.ASSERTED),
        ("An attack on the coast is likely.", Modality.LIKELY),
        ("The riders will probably wait.", Modality.LIKELY),
        ("An attack on the coast is possible.", Modality.POSSIBLE),
        ("Perhaps this will happen during the spring exercises.", Modality.POSSIBLE),
        ("The riders may cross the river.", Modality.POSSIBLE),
        ("An attack cannot be ruled out.", Modality.POSSIBLE),
        ("An attack on the coast is unlikely.", Modality.UNLIKELY),
        ("The danger of an attack is minimal.", Modality.UNLIKELY),
        ("The riders plan to cross the river.", Modality.PLANNED),
        ("The staff intends to move the depot.", Modality.PLANNED),
        ("The plans provide for a strike on the town.", Modality.PLANNED),
        ("The decision depends on whether Borland takes part.", Modality.CONDITIONAL),
        ("If the river freezes, the riders will cross.", Modality.CONDITIONAL),
        ("This could lead to the fall of the prince.", Modality.POSSIBLE),
        ("This would lead to the fall of the prince.", Modality.HYPOTHETICAL),
        ("The prince said that the fleet would sail.", Modality.ASSERTED),
        ("The riders are about to cross the river.", Modality.PLANNED),
        ("The strike is due to begin next Monday.", Modality.PLANNED),
        ("The parade is set for 9 May.", Modality.PLANNED),
        ("The guards are ready to repel a probable attack.", Modality.PLANNED),
        ("The prince has not abandoned plans to take the ford.", Modality.PLANNED),
        ("The riders are believed to be in Borland.", Modality.LIKELY),
        ("The boats are hardly fit for the sea.", Modality.UNLIKELY),
        ("The staff did not deny that the bridge was hit.", Modality.POSSIBLE),
        ("Nobody has confirmed that the bridge was hit.", Modality.QUESTION),
        ("Will the riders cross the river?", Modality.QUESTION),
        ("We don't know whether the envoy was poisoned.", Modality.QUESTION),
        ("Supposedly the riders would return in spring.", Modality.REPORTED_RUMOUR),
        ("There is talk of a landing in spring.", Modality.REPORTED_RUMOUR),
    ],
)
def test_how_surely_a_statement_is_put(text: str, modality: Modality) -> None:
    assert only(text).modality is modality


@pytest.mark.parametrize(
    "text",
    [
        "The guards repelled a probable attack.",
        "The riders fear no possible foe.",
        "The exercises planned for spring are small.",
        "The prince had already been threatened.",
        "On 3 May the bridge was open.",
        "The guard has not observed riders preparing to cross the ford.",
        "A train with 40 guns left the north, possibly towards the ford.",
    ],
)
def test_an_adjective_or_a_name_is_no_hedge(text: str) -> None:
    assert only(text).modality is Modality.ASSERTED


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("There are 40 guns at the ford.", Role.OBSERVATION),
        ("The forming of assault groups has not been recorded yet.", Role.OBSERVATION),
        ("The riders removed more than 100 guns from Borland.", Role.EVENT),
        ("The envoy was killed in the port.", Role.EVENT),
        ("The riders pose no serious threat.", Role.ASSESSMENT),
        ("An attack on the coast is unlikely.", Role.ASSESSMENT),
        ("The riders will press the prince.", Role.FORECAST),
        ("The riders plan to cross the river.", Role.PLAN),
        ("The riders want a quick war.", Role.INTENT),
        ("The goal is to encircle the town.", Role.INTENT),
        ("For its success, a force of 80-100 thousand men is needed.", Role.REQUIREMENT),
        ("It takes five weeks to form them.", Role.REQUIREMENT),
        ("A necessary condition for this is the fall of the bridges.", Role.REQUIREMENT),
        ("Supposedly the riders would return in spring.", Role.RUMOUR),
        ("However, they were used only in 2014.", Role.BACKGROUND),
        ("Will the riders cross the river?", Role.FORECAST),
        ("Are the riders tired?", Role.ASSESSMENT),
        ("No ships were rerouted.", Role.OBSERVATION),
        ("The night trains were cancelled.", Role.EVENT),
        ("The border is closed.", Role.OBSERVATION),
        ("The guns are at the ford.", Role.OBSERVATION),
        ("Joint drills are under way at the ford.", Role.OBSERVATION),
        ("It is the spring thaw now.", Role.OBSERVATION),
        ("Finally, what is important is that the roads are flooded now.", Role.OBSERVATION),
        ("The prince is seeking talks with the coast.", Role.OBSERVATION),
        ("This is not the first time that the prince is seeking talks.", Role.OBSERVATION),
        ("The riders are seeking to cross the ford.", Role.INTENT),
        ("The prince instructed him to sell the boats.", Role.EVENT),
        ("The prince could not meet the main condition of the coast.", Role.OBSERVATION),
        ("The guard has not observed riders preparing to cross the ford.", Role.OBSERVATION),
        ("There are no indications that the riders intend to cross.", Role.ASSESSMENT),
        ("The guns that the riders sent to Borland are on duty.", Role.OBSERVATION),
        ("The guard is worried.", Role.ASSESSMENT),
        ("The prince has not abandoned plans to take the ford.", Role.INTENT),
        ("The riders have been forming at the ford.", Role.OBSERVATION),
        ("At least 140 riders had been counted out.", Role.OBSERVATION),
        ("Rents rose by 4 percent.", Role.OBSERVATION),
        ("The bridge has been closed for three weeks.", Role.OBSERVATION),
        ("Between 3 and 7 November, 40 shells fell.", Role.EVENT),
        ("The bridge is used to move guns.", Role.OBSERVATION),
        ("The lord used to own the ford.", Role.BACKGROUND),
        ("The guard should close the ford.", Role.ASSESSMENT),
        ("The riders must leave the town.", Role.REQUIREMENT),
        ("The prince has agreed to sell the boats.", Role.INTENT),
        ("The riders are about to cross the river.", Role.PLAN),
        ("There is no reason for alarm.", Role.ASSESSMENT),
        ("The riders are expected to cross the river.", Role.FORECAST),
    ],
)
def test_what_kind_of_saying_it_is(text: str, role: Role) -> None:
    assert only(text).role is role


def test_a_hedge_on_the_last_phrase_leaves_the_act_an_act() -> None:
    claim = only("Tanks left the depot, likely as a result of the talks.")

    assert (claim.modality, claim.role) == (Modality.ASSERTED, Role.EVENT)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Tanks left the depot, likely as a result of the talks.", "likely"),
        ("Satellite pictures show the riders moving six boats, possibly towards the ford.", "possibly"),
        ("The riders (probably of the northern guard) held a drill at the ford.", "probably"),
    ],
)
def test_a_hedge_on_a_phrase_is_shown_and_the_statement_weighs_in_full(text: str, hedge: str) -> None:
    claim = only(text)

    assert (claim.modality, claim.hedge, claim.weight) == (Modality.ASSERTED, hedge, 1.0)


@pytest.mark.parametrize("hedge", ["likely", "probably", "apparently"])
@pytest.mark.parametrize(
    "frame",
    [
        "The office reiterated that parts of the 1st Northern Guards Army are {} in Borland as of 27 November.",
        "The staff said that parts of the northern guard are {} in Borland.",
        "The riders are now {} at the ford.",
        "The boats have {} left the harbour.",
    ],
)
def test_a_hedge_behind_an_auxiliary_bears_on_the_statement(frame: str, hedge: str) -> None:
    claim = only(frame.format(hedge))

    assert (claim.modality, claim.role, claim.hedge) == (Modality.LIKELY, Role.ASSESSMENT, hedge)


def test_a_hedged_participle_hedges_a_phrase_without_a_verb() -> None:
    claim = only("A video shows a train with seven guns near the ford reportedly heading to the coast.")

    assert (claim.modality, claim.hedge) == (Modality.REPORTED_RUMOUR, "reportedly")


def test_what_follows_from_a_case_imagined_is_hypothetical_whoever_says_it() -> None:
    imagined = only("The colonel said that even if all reserves join the army, it would have only 30,000 riders.")
    foreseen = only("The colonel said that the army would have 30,000 riders.")

    assert imagined.modality is Modality.HYPOTHETICAL
    assert foreseen.modality is Modality.ASSERTED


def test_capabilities_are_assessed() -> None:
    assert only("The general said that the province has limited capabilities to supply a large force.").role is (
        Role.ASSESSMENT
    )


def test_a_maybe_stands_above_the_plan_it_opens() -> None:
    assert only("The prince may seek to calm the coast.").modality is Modality.POSSIBLE
    assert only("The prince seeks to calm the coast.").modality is Modality.PLANNED


def test_words_that_only_strengthen_are_kept_and_weaken_nothing() -> None:
    claim = only("The riders surely left the town.")

    assert (claim.hedge, claim.modality, claim.weight) == ("surely", Modality.ASSERTED, 1.0)


def test_a_stronger_hedge_weighs_more() -> None:
    sure, very, likely, maybe = (
        only(f"An attack on the coast is {word}.").weight for word in ("near", "highly likely", "likely", "possible")
    )

    assert sure > very > likely > maybe > 0


def test_the_hedge_is_kept_as_it_stands() -> None:
    claim = only("It is Highly Likely that the riders wait.")

    assert claim.hedge == "Highly Likely"


def test_second_hand_weighs_less_than_first_hand() -> None:
    first = only("The staff said the bridge is open.")
    second = only("According to the Post, sources in the staff said the bridge is open.")

    assert second.weight < first.weight == 1.0


def test_what_a_voice_did_not_say_weighs_nothing() -> None:
    assert only("The staff did not say that the bridge was hit.").weight == 0


def test_the_words_that_decided_are_named() -> None:
    claim = only("The forming of assault groups has not been recorded yet.")

    assert any("not" in reason for reason in claim.because)
    assert any("recorded" in reason for reason in claim.because)


def test_a_judgement_with_a_because_is_two_statements() -> None:
    judged, reason = read("The fund assesses that an attack is unlikely, because the river would be too wide.")

    assert judged.modality is Modality.UNLIKELY
    assert reason.modality is Modality.HYPOTHETICAL
    assert judged.cue == reason.cue
