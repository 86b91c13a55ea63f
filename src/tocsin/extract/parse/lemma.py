"""A lemma as an edit of the form: what is cut from the end and what is put there."""

from __future__ import annotations


def edit_of(form: str, lemma: str) -> str:
    """The class that turns a form into its lemma: case, letters cut from the end, letters put there.

    >>> edit_of("warned", "warn"), edit_of("Kyiv", "Kyiv"), edit_of("went", "go"), edit_of("Said", "say")
    ('l2+', 'k0+', 'l=go', 'l2+y')
    """
    keeps = not lemma.islower() and any(c.isalpha() for c in lemma)
    base = form if keeps else form.lower()
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    mode = "k" if keeps else "l"
    if common == 0:
        return f"{mode}={lemma}"
    return f"{mode}{len(base) - common}+{lemma[common:]}"


def lemma_of(form: str, edit: str) -> str:
    """Apply a class of ``edit_of``; a class that does not fit leaves the form, and so does a digit in either.

    >>> lemma_of("reassured", "l1+"), lemma_of("Minsk", "k0+"), lemma_of("a", "l3+y")
    ('reassure', 'Minsk', 'a')
    """
    if any(c.isdigit() for c in form):
        return form
    base = form.lower() if edit[0] == "l" else form
    if edit[1] == "=":
        return edit[2:]
    cut, _, put = edit[1:].partition("+")
    if int(cut) >= len(base) + (not put) or any(c.isdigit() for c in put):
        return base
    return base[: len(base) - int(cut)] + put
