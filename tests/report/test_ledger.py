"""The ledger's order."""

from __future__ import annotations

from unitcost_report import ledger, model


def test_every_claim_stands_in_it_once(analysis: model.Analysis) -> None:
    rows = [row for group in ledger.groups(analysis) for entry in group.entries for row in entry.rows]
    assert len(rows) == len(analysis.claims)
    assert set(map(id, rows)) == set(map(id, analysis.claims))


def test_contradicting_claims_stand_together(analysis: model.Analysis) -> None:
    together = [[entry.id for entry in group.entries] for group in ledger.groups(analysis) if group.contradicts]
    assert together == [["process.fork-copies", "process.fork-not-copy"]]


def test_a_contradiction_counts_from_either_side(analysis: model.Analysis) -> None:
    def only(claim: model.Claim) -> model.Claim:
        conflicts = claim.conflicts if claim.id == "process.fork-not-copy" else ()
        return model.Claim(**{**vars(claim), "conflicts": conflicts})

    kept = {k: v for k, v in vars(analysis).items() if k != "all_figures"}
    one_sided = model.Analysis(**{**kept, "claims": tuple(map(only, analysis.claims))})
    assert sum(group.contradicts for group in ledger.groups(one_sided)) == 1


def test_a_conflict_with_a_claim_that_was_not_run_is_no_group(analysis: model.Analysis) -> None:
    kept = {k: v for k, v in vars(analysis).items() if k != "all_figures"}
    left = [claim for claim in analysis.claims if claim.id != "process.fork-copies"]
    summary = tuple(one for one in analysis.summary if one.id != "process.fork-copies")
    fewer = model.Analysis(**{**kept, "claims": tuple(left), "summary": summary})
    assert not any(group.contradicts for group in ledger.groups(fewer))


def test_counts_are_of_claims_not_of_variants(analysis: model.Analysis) -> None:
    counts = dict(ledger.counts(analysis))
    assert sum(counts.values()) == len({claim.id for claim in analysis.claims})
    assert counts["holds in part"] == 2


def test_rows_are_counted_with_their_variants(analysis: model.Analysis) -> None:
    assert sum(dict(ledger.row_counts(analysis)).values()) == len(analysis.claims)


def test_parts_have_place_value_and_verdict(analysis: model.Analysis) -> None:
    claim = next(claim for claim in analysis.claims if claim.parts)
    words = [tuple(word.replace("\u00a0", " ") for word in part) for part in ledger.parts_in_words(claim, set())]
    assert words == [
        ("64 MiB", "2.10 × [1.90, 2.20]", "refuted"),
        ("256 MiB", "9.80 × [9.20, 10.4]", "undecided"),
        ("1 GiB", "31.0 × [29.0, 33.0]", "holds"),
    ]
    assert ledger.range_of_parts(claim).replace("\u00a0", " ") == "2.10 × to 31.0 ×"
