"""What checks find and leave alone beside their samples, row by row: true and false alarms of real files."""

from __future__ import annotations

import json

import pytest

from tests.checks.conftest import entry, found, mended, names

MENDED = [
    ("unescaped-special", r"title = {A_b and C\&D # 100\%}", r"title = {A\_b and C\&D \# 100\%}"),
    ("unescaped-special", "author = {{AT&T Labs}}", r"author = {{AT\&T Labs}}"),
    ("straight-quotes", 'title = {("One" and "two")}', "title = {(``One'' and ``two'')}"),
    ("html-entity", r"title = {A \&amp; B &amp;lt; C}", r"title = {A \& B {\textless} C}"),
    ("html-entity", "author = {M&uuml;ller, Jan}", 'author = {M{\\"u}ller, Jan}'),
    ("html-tag", "title = {H<sub>2</sub>O is <b>wet</b>}", r"title = {H\textsubscript{2}O is \textbf{wet}}"),
    ("html-tag", "title = {<p>One<br/>two</p>}", "title = {One two}"),
    ("double-braces", "title = {{{All of It}}}", "title = {All of It}"),
    ("double-braces", 'title = "{All of it on GPUs}"', 'title = "All of it on {GPUs}"'),
    (
        "unprotected-capitals",
        "title = {On GANs, R-CNN and Gaussian noise}",
        "title = {On {GANs}, {R-CNN} and {Gaussian} noise}",
    ),
    ("unprotected-capitals", r"title = {M\"uller's DNA}", r"title = {M\"uller's {DNA}}"),
    ("unprotected-capitals", "title = {DNA in {DNA} and DNA}", "title = {{DNA} in {DNA} and {DNA}}"),
    ("unprotected-capitals", "title = {E and the letter E}", "title = {{E} and the letter {E}}"),
    ("page-range", "pages = {123--5, 7--7}", "pages = {123--125, 7}"),
    ("page-dash", "pages = {A12\u2013A15}", "pages = {A12--A15}"),
    ("page-dash", "pages = {12 --- 15}", "pages = {12--15}"),
    ("page-words", "pages = {pp.~12--15.}", "pages = {12--15}"),
    ("page-words", "pages = {312 pages}", "pagetotal = {312}"),
    ("number-words", "number = {No. 4}", "number = {4}"),
    ("number-words", "chapter = {Chapter~3}", "chapter = {3}"),
    ("edition-words", "edition = {2nd ed.}", "edition = {2nd}"),
    ("name-separators", "author = {Doe J, Roe R, Poe E}", "author = {Doe, J and Roe, R and Poe, E}"),
    ("name-separators", "author = {Doe, J., Roe, R.}", "author = {Doe, J. and Roe, R.}"),
    ("name-separators", r"author = {Jane Doe \& Rita Roe}", "author = {Jane Doe and Rita Roe}"),
    (
        "name-separators",
        "author = {Jane Doe, Rita Roe, Ed Poe}",
        "author = {Jane Doe and Rita Roe and Ed Poe}",
    ),
    ("name-et-al", "author = {Smith, John, et al.}", "author = {Smith, John and others}"),
    ("name-et-al", "author = {Smith, John and others.}", "author = {Smith, John and others}"),
    (
        "name-capitals",
        "author = {O'BRIEN-SMITH, MARY and Roe, Ann}",
        "author = {O'Brien-Smith, Mary and Roe, Ann}",
    ),
    ("name-initials", "author = {Smith, AB and Roe, J.-P.}", "author = {Smith, A. B. and Roe, J.-P.}"),
    ("name-initials", "author = {J.R.R. Tolkien}", "author = {J. R. R. Tolkien}"),
    (
        "name-suffix",
        "author = {King Jr., Martin and Roe, Jane III}",
        "author = {King, Jr., Martin and Roe, III, Jane}",
    ),
    (
        "name-organisation",
        "author = {OpenAI Research Team and Doe, Jane}",
        "author = {{OpenAI Research Team} and Doe, Jane}",
    ),
    ("year-form", "year = {(2014).}", "year = {2014}"),
    ("month-macro", "month = {June--July}", 'month = jun # "--" # jul'),
    ("month-macro", "month = {12 September}", 'month = sep # "~12"'),
    ("month-macro", "month = 7", "month = jul"),
    ("isbn-check-digit", "isbn = {978-0-262-03561-3 (2nd ed.)}", "isbn = {978-0-262-03561-3}"),
    ("doi-form", "doi = {doi:10.1000/182 and more}", "doi = {10.1000/182}"),
    (
        "eprint-form",
        "eprint = {1412.6980 [cs.LG]}, archiveprefix = {arXiv}",
        "eprint = {1412.6980}, archiveprefix = {arXiv}",
    ),
    ("eprint-form", "eprint = {1412.6980}", "eprint = {1412.6980},\n  archiveprefix = {arXiv}"),
    ("escaped-address", r"doi = {10.1000/a{\_}b}", "doi = {10.1000/a_b}"),
    ("escaped-address", r"url = {\url{https://example.org/a}}", "url = {https://example.org/a}"),
    ("url-form", "url = {https://example.org/a\n    /b}", "url = {https://example.org/a/b}"),
    ("url-form", "url = {https://example.org/?a=1&amp;b=2}", "url = {https://example.org/?a=1&b=2}"),
    (
        "arxiv-without-eprint",
        "note = {arXiv:1412.6980v2}",
        "note = {arXiv:1412.6980v2},\n  eprint = {1412.6980v2},\n  archiveprefix = {arXiv}",
    ),
    ("title-stop", "title = {{A title.}}", "title = {{A title}}"),
    ("booktitle-cut", "booktitle = {Robotics, Symposium on}", "booktitle = {Symposium on Robotics}"),
    ("placeholder", "note = {n/a},\n  title = {A title}", "title = {A title}"),
    ("invisible-character", "title = {A\u200b title}", "title = {A title}"),
    ("misread-letters", "title = {Itâ€™s Ã¼ber}", "title = {It\u2019s über}"),
]

LEFT_TO_PEOPLE = [
    ("unescaped-special", "title = {10^6 words}"),
    ("page-range", "pages = {500--400}"),
    ("page-range", "pages = {123--}"),
    ("name-capitals", "author = {MCDONALD, Jane}"),
    ("name-digits", "author = {Smith2, John}"),
    ("name-organisation", "author = {Centers for Disease Control Institute and Prevention}"),
    ("year-form", "year = {in press}"),
    ("year-form", "year = {14}"),
    ("year-form", "year = {c. 2010}"),
    ("year-form", "year = {[ca. 2010]}"),
    ("impossible-date", "date = {2014-13-01}"),
    ("impossible-date", "year = 2014, month = 13"),
    ("future-date", "urldate = {2026-03-02}"),
    ("isbn-check-digit", "isbn = {12345}"),
    ("isbn-check-digit", "isbn = {978-0-262-03561-4 (hbk)}"),
    ("doi-form", "doi = {N/A}"),
    ("url-form", "url = {file:///home/me/a.pdf}"),
    ("url-form", "url = {https://example.org/a https://example.org/b}"),
    ("booktitle-cut", "booktitle = {International Conference on}"),
    ("booktitle-cut", "booktitle = {Proceedings, pp. 12--15}"),
    ("misread-letters", "title = {Caf\ufffd}"),
    ("withdrawn-work", "title = {Something (Retracted)}"),
    ("all-capitals", "booktitle = {LECTURE NOTES IN COMPUTER SCIENCE}"),
]

FINE = [
    r"title = {O s{\l}owach}",
    "title = {R: A language for words}",
    r"title = {\$5 and $a_1^2 & b$ at \url{a_b%c}}",
    'note = {A 5" disk and M"uller}',
    r"title = {{\"O}ber den {\"A}rger}",
    "note = {a < b and c > d}",
    "title = {The graphemes <i> and <u>}",
    "title = {{ImageNet}}",
    "title = {{Über die Entdeckung}}, langid = {german}",
    "title = {{BERT} and {{GPT}-4}: a study of networks}",
    "title = {Why {I} Write}, note = {Phys. Rev. Lett.}",
    "title = {A tale of e-mail and N-grams}",
    "title = {Smith v. {U.S.}}",
    "title = {Speaking, Seeing, Understanding: Correlating semantic models}",
    "title = {On sets, etc.}",
    "pages = {123--125, e7, S12, 1-1-1-5, 3-1, xii--xx, 43+}",
    "pages = {91521P}",
    "volume = {12}, number = {4/5}, edition = {Second, revised}",
    "author = {{Barnes and Noble} and {AT\\&T; Labs} and Smith, Sr., John}",
    "author = {Barnes \\& Noble}",
    "author = {Press, William H. and Wu, Li and PVS, Avinesh and Xu, YU CHEN}",
    "author = {García Márquez, Gabriel José and van der Maaten, Laurens}",
    "author = {Et, Al and Other, Ann and de la Cruz, Jr., Juan}",
    "author = {Smith, J. and others}",
    "author = {A\u05d0\u05d1, Ann}",
    "year = {2014}, month = dec, day = 3",
    "date = {2014-02~/2015}, urldate = {2026-03-01}",
    'month = "10~" # dec',
    "isbn = {978-0-262-03561-3, 0-262-03561-8}, issn = {0028-0836 / 1476-4687}",
    "isbn = {978-0-262-03561-3 (hbk)}, issn = {0028-0836 (print), 1476-4687 (online)}",
    "doi = {10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2}",
    "url = {https://example.org/a%20b#c_d&e~f}",
    "eprint = {1412.6980}, eprinttype = {arxiv}, note = {arXiv:1412.6980}",
    "note = {See \\url{https://example.org/a_b}}",
    "booktitle = {Proceedings of the 3rd Conference on Learning}, series = {LNCS}",
    "title = {Retraction rates: withdrawn and retracted papers}",
    "title = {Naïve {Bayes}: Ångström, Øresund and 日本語}",
    "title = {می‌خواهم}",
    "publisher = nosuchmacro # { press}",
]


@pytest.mark.parametrize(("check", "fields", "expected"), MENDED)
def test_what_is_wrong_is_mended(check: str, fields: str, expected: str) -> None:
    assert names(found(entry(fields), check)) == [check]
    assert mended(entry(fields), check) == entry(expected)


@pytest.mark.parametrize(("check", "fields"), LEFT_TO_PEOPLE)
def test_what_only_a_human_can_mend_is_told_and_left(check: str, fields: str) -> None:
    assert names(found(entry(fields), check)) == [check]
    assert mended(entry(fields), check) == entry(fields)


@pytest.mark.parametrize("fields", FINE)
def test_what_is_right_is_left_alone(fields: str) -> None:
    said = found(entry(fields))
    assert [
        str(each) for each in said if each.code not in {"required-fields", "reading"} and each.code.islower()
    ] == []


@pytest.mark.parametrize(
    ("entry_type", "fields", "missing"),
    [
        ("article", "author = {A, B}, title = {T}, journal = {J}, year = 1", []),
        ("article", "author = {A, B}, title = {T}, journaltitle = {J}, date = {2014}", []),
        ("article", "author = {A, B}, title = {T}, booktitle = {J}, year = 2014", ["journal"]),
        ("book", "editor = {A, B}, title = {T}, year = 2014", ["publisher"]),
        ("book", "author = {A, B}, title = {T}, date = {2014}", []),
        ("online", "author = {A, B}, title = {T}, date = {2014}", ["url"]),
        ("thesis", "author = {A, B}, title = {T}, date = {2014}, school = {S}", ["type"]),
        ("misc", "", []),
        ("unheard", "note = {of}", []),
    ],
)
def test_what_a_type_requires_is_missed(entry_type: str, fields: str, missing: list[str]) -> None:
    assert [each.field for each in found(entry(fields, entry_type), "required-fields")] == missing


def test_what_is_inherited_is_not_missed() -> None:
    text = "@inproceedings{a, author = {A, B}, title = {T}, crossref = {p}}\n@proceedings{p, title = {P}, year = 2014}"
    assert found(text, "required-fields") == []


def test_works_are_the_same_whatever_stands_first() -> None:
    one = "@article{a, author = {Smith, John and Doe, Jane}, title = {Titling for machines}, year = 2014, doi = {10.1/x}}"
    other = one.replace("{a,", "{b,")
    for text in (f"{one}\n{other}", f"{other}\n{one}"):
        assert names(found(text, "duplicate-work", "borrowed-identifier", "published-preprint")) == [
            "duplicate-work"
        ]


def test_chapters_may_go_by_the_doi_of_their_book() -> None:
    text = (
        "@inbook{a, title = {On the first}, doi = {10.1/x}}\n@inbook{b, title = {Of another}, doi = {10.1/x}}"
    )
    assert found(text, "duplicate-work", "borrowed-identifier") == []


def title(text: str) -> str:
    """CSL-JSON of one article."""
    return json.dumps([{"id": "a", "type": "article-journal", "title": text}])


def test_a_whole_title_that_keeps_its_case_is_found_in_markup_too() -> None:
    text = title('<span class="nocase">Mastering <i>the</i> Game of Go</span>')
    assert names(found(text, "double-braces", format_name="csl-json")) == ["double-braces"]
    (item,) = json.loads(mended(text, "double-braces", format_name="csl-json"))
    assert item["title"] == "Mastering <i>the</i> Game of Go"


@pytest.mark.parametrize(
    "text",
    [
        '<span class="nocase">ImageNet</span>',
        '<span class="nocase">BERT</span> and <span class="nocase">GPT</span>',
        '<span class="nocase">BERT</span> in <span style="font-variant:small-caps;">capitals</span>',
    ],
)
def test_a_title_of_which_words_keep_their_case_is_left_alone(text: str) -> None:
    assert found(title(text), "double-braces", format_name="csl-json") == []
