from __future__ import annotations

import pytest

from dlbib.model.identity.venues import are_one, are_one_house, may_be_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JMLR", "Journal of Machine Learning Research"),
        ("JMLR", "J. Mach. Learn. Res."),
        ("IEEE TPAMI", "IEEE Trans. Pattern Anal. Mach. Intell."),
        ("CACM", "Communications of the ACM"),
        ("JRSS B", "Journal of the Royal Statistical Society: Series B (Methodological)"),
        (
            "J. Roy. Statist. Soc. Ser. B",
            "Journal of the Royal Statistical Society: Series B (Methodological)",
        ),
        ("PNAS", "Proc. Natl. Acad. Sci. USA"),
        ("Phys.Rev.Lett.", "Physical Review Letters"),
        ("Phys. Rev. A", "Physical Review A"),
        ("Rev. Mat. Iberoam.", "Revista Matem\u00e1tica Iberoamericana"),
        ("Annu. Rev. Neurosci.", "Annual Review of Neuroscience"),
        ("Ann. Inst. Fourier", "Annales de l'Institut Fourier"),
        ("Ann. Phys.", "Annalen der Physik"),
        ("Jpn. J. Appl. Phys.", "Japanese Journal of Applied Physics"),
        ("Science", "Science (New York, N.Y.)"),
        ("Cell", "Cell (Cambridge)"),
        ("Proc. IEEE", "Proceedings of the IEEE"),
        ("ICML", "Proceedings of the 32nd International Conference on Machine Learning"),
        ("NeurIPS", "Advances in Neural Information Processing Systems 30"),
    ],
)
def test_these_are_one_however_they_are_abbreviated(one: str, other: str) -> None:
    assert are_one(one, other)
    assert are_one(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IEEE Trans. Inf. Theory", "IEEE Trans. Inf. Forensics Secur."),
        ("ACM Transactions on Information Systems", "ACM Transactions on Database Systems"),
        ("PLoS ONE", "PLoS Biology"),
        ("Annals of Statistics", "Annals of Applied Statistics"),
        ("Journal of Algorithms", "Journal of Discrete Algorithms"),
        ("Annals of Physics", "Annalen der Physik"),
        ("J. Chem. Phys.", "J. Phys. Chem."),
        ("Phys. Rev. Lett.", "Physical Review"),
        ("Phys. Lett. A", "Phys. Lett. B"),
        ("ApJ", "ApJL"),
        ("JACM", "Communications of the ACM"),
        ("Nature", "Nature Methods"),
        ("ACL (Volume 1: Long Papers)", "ACL (Volume 2: Short Papers)"),
        ("ICML", "ICML Workshop on Deep Learning"),
    ],
)
def test_these_are_two_that_share_words_or_a_house(one: str, other: str) -> None:
    assert not are_one(one, other)
    assert not are_one(other, one)


def test_only_a_brief_name_may_be_that_of_another() -> None:
    assert may_be_one("Publ. Math. Debrecen", "Publicationes Mathematicae")
    assert not may_be_one("Machine Learning", "Colours")
    assert not may_be_one("Phys. Lett. B", "Nucl. Phys. B")


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Springer", "Springer-Verlag New York", True),
        ("Manning", "Manning Publications Co.", True),
        ("Wiley", "John Wiley & Sons", True),
        ("Harvard Univ. Press", "Harvard University Press", True),
        ("University of Chicago Press", "University of Illinois Press", False),
        ("MIT Press", "CRC Press", False),
        ("Press", "Press", True),
    ],
)
def test_a_house_is_known_by_the_words_that_tell_it(one: str, other: str, *, is_one: bool) -> None:
    assert are_one_house(one, other) is is_one
    assert are_one_house(other, one) is is_one
