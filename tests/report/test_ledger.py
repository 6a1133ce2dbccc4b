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


def rows_with(analysis: model.Analysis, *verdicts: str, left_out: int = 0) -> model.Analysis:
    """One claim in a variant for each verdict; of the last ones the run left the cases out."""
    like = vars(analysis.claims[0]) | {"id": "a.b"}
    count = len(verdicts)
    rows = [
        like | {"variant": f"v{i}", "verdict": verdicts[i], "left_out": i >= count - left_out} for i in range(count)
    ]
    kept = {k: v for k, v in vars(analysis).items() if k != "all_figures"}
    claims = tuple(model.Claim(**row) for row in rows)
    summary = (model.ClaimSummary("a.b", verdicts[0], tuple(f"v{i}" for i in range(count)), (), ()),)
    return model.Analysis(**{**kept, "claims": claims, "summary": summary})


def test_the_head_of_a_claim_says_how_many_variants_are_so(analysis: model.Analysis) -> None:
    def tally(*verdicts: str, left_out: int = 0) -> str:
        (group,) = ledger.groups(rows_with(analysis, *verdicts, left_out=left_out))
        return group.entries[0].tally

    assert tally("holds", "holds") == ""
    left = ["not measurable"] * 3
    assert tally("holds", *left, left_out=3) == "1 of 4 variants holds, 3 not measured in this run"
    assert tally("holds", *left, left_out=1) == "1 of 4 variants holds, 2 not measurable, 1 not measured in this run"
    assert tally("holds", "holds", "refuted") == "2 of 3 variants hold, 1 refuted"
    assert tally("undecided", "refuted") == "1 of 2 variants refuted, 1 undecided"


def test_what_a_run_left_out_is_no_failing_of_the_machine(analysis: model.Analysis) -> None:
    changed = rows_with(analysis, "holds", "not measurable", "not measurable", left_out=1)
    found = [(title, [claim.variant for claim in claims]) for title, claims in ledger.open_claims(changed)]
    assert found == [("Claims that cannot be judged on this machine", ["v1"]), ("Left out of this run", ["v2"])]


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
