"""Reads analysis.json into the model. A newer schema, a wrong type or a name that is no file name is refused."""

from __future__ import annotations

from pathlib import Path

from unitcost_report import load_figures, model
from unitcost_report.load_figures import text
from unitcost_report.reader import BadAnalysisError, Node, clean, read

_RESERVED_IDS = ("ladder", "noise", "estimates")


def load(path: Path) -> model.Analysis:
    """The analysis in `path`. Throws BadAnalysisError with file and place."""
    return read(path, analysis)


def analysis(root: Node) -> model.Analysis:
    """The whole document, checked."""
    figures = tuple(load_figures.figure(node) for node in root.get("figures").list())
    seen = set(_RESERVED_IDS)
    for i, figure in enumerate(figures):
        if figure.id in seen:
            raise BadAnalysisError(f"figures[{i}].id: {figure.id!r} is used twice or reserved")
        seen.add(figure.id)
    hierarchy = root.get("hierarchy")
    return model.Analysis(
        id=root.get("id").text(None),
        tool=root.get("tool").text(),
        run=_run(root.get("run")),
        claims=tuple(_claim(node) for node in root.get("claims").list()),
        summary=tuple(_summary(node) for node in root.get("claim_summary").list()),
        hierarchy=None if hierarchy.value is None else _hierarchy(hierarchy),
        estimates=tuple(_estimate(node) for node in root.get("estimates").list()),
        unmeasurable=tuple(_missing(node) for node in root.get("unmeasurable").list()),
        failed=tuple(_missing(node) for node in root.get("failed").list()),
        figures=figures,
        ladder=load_figures.ladder(root.get("ladder")),
        noise=load_figures.noise(root.get("noise")),
    )


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(element.text() for element in node.list())


def facts(node: Node) -> tuple[model.Fact, ...]:
    """Facts about a machine or a build, by their names."""
    return tuple(
        model.Fact(name, fact.get("kind").text(), fact.get("value").value, fact.get("reason").text())
        for name, fact in node.items()
    )


def _run(node: Node) -> model.Run:
    return model.Run(
        id=node.get("id").text(None),
        machine_id=node.get("machine_id").text(),
        label=node.get("label").text(),
        status=node.get("status").text(),
        profile=node.get("profile").text(),
        preview=node.get("preview").flag(),
        seed=node.get("seed").count(),
        started_utc=node.get("started_utc").text(),
        ended_utc=node.get("ended_utc").text(),
        wall_s=node.get("wall_s").number(),
        harness_share=node.get("harness_share").number(),
        rounds=node.get("rounds").count(),
        blocks=node.get("blocks").count(),
        contaminated=node.get("contaminated").count(),
        repeated=node.get("repeated").count(),
        failed=node.get("failed").count(),
        cases=node.get("cases").count(),
        unmeasurable=node.get("unmeasurable").count(),
        machine=facts(node.get("machine")),
        build=facts(node.get("build")),
        warnings=_texts(node.get("warnings")),
        line=node.get("line").text(),
    )


def _check(node: Node) -> model.Check | None:
    if node.value is None:
        return None
    return model.Check(
        text=node.get("text").text(),
        value=node.get("value").number(),
        interval=node.get("interval").interval(),
        passed=node.get("passed").flag(),
    )


def _verdict(node: Node) -> str:
    verdict = node.text(None)
    if verdict not in model.VERDICTS:
        raise node.fail("one of " + ", ".join(model.VERDICTS))
    return verdict


def _axes(node: Node) -> dict[str, str]:
    return {name: clean(str(value.value)) for name, value in node.items()}


def _claim(node: Node) -> model.Claim:
    return model.Claim(
        id=node.get("id").text(None),
        variant=node.get("variant").text(),
        scenario=node.get("scenario").text(),
        source_key=node.get("source").get("key").text(),
        source_section=node.get("source").get("section").text(),
        says=text(node.get("says")),
        expected=node.get("expected").text(),
        verdict=_verdict(node.get("verdict")),
        value=node.get("value").number(),
        interval=node.get("interval").interval(),
        unit=node.get("unit").text(),
        n=node.get("n").count(),
        coverage=node.get("coverage").number(),
        method=node.get("method").text(),
        reason=node.get("reason").text(),
        control=_check(node.get("control")),
        ceiling=_check(node.get("ceiling")),
        parts=tuple(
            model.Part(
                at=_axes(part.get("at")),
                value=part.get("value").number(),
                interval=part.get("interval").interval(),
                verdict=_verdict(part.get("verdict")),
            )
            for part in node.get("parts").list()
        ),
        conflicts=_texts(node.get("conflicts")),
        guest=node.get("guest").flag(),
        left_out=node.get("left_out").flag(),
    )


def _summary(node: Node) -> model.ClaimSummary:
    return model.ClaimSummary(
        id=node.get("id").text(None),
        verdict=_verdict(node.get("verdict")),
        variants=_texts(node.get("variants")),
        holds_for=_texts(node.get("holds_for")),
        refuted_for=_texts(node.get("refuted_for")),
    )


def _hierarchy(node: Node) -> model.Hierarchy:
    return model.Hierarchy(
        scenario=node.get("scenario").text(),
        case=node.get("case").text(),
        levels=tuple(
            model.Level(
                name=level.get("name").text(),
                text=level.get("text").text(),
                value=level.get("value").number(),
                interval=level.get("interval").interval(),
                unit=level.get("unit").text(),
                from_bytes=level.get("from_bytes").number(),
                to_bytes=level.get("to_bytes").number(),
                n=level.get("n").count(),
            )
            for level in node.get("levels").list()
        ),
        cliffs=tuple(
            model.Cliff(
                name=cliff.get("name").text(),
                bytes=cliff.get("bytes").number(),
                interval=cliff.get("interval").interval(),
                reason=cliff.get("reason").text(),
            )
            for cliff in node.get("cliffs").list()
        ),
        reported=tuple(
            model.ReportedCache(
                level=cache.get("level").count(),
                type=cache.get("type").text(),
                bytes=cache.get("bytes").number(),
            )
            for cache in node.get("reported").list()
        ),
    )


def _estimate(node: Node) -> model.Estimate:
    return model.Estimate(
        key=node.get("key").text(),
        scenario=node.get("scenario").text(),
        label=node.get("label").text(),
        axes=_axes(node.get("axes")),
        counter=node.get("counter").text(),
        unit=node.get("unit").text(),
        value=node.get("value").number(),
        interval=node.get("interval").interval(),
        coverage=node.get("coverage").number(),
        n=node.get("n").count(),
        minimum=node.get("minimum").number(),
        lag1=node.get("lag1").number(),
        widened=node.get("widened").flag(),
        contaminated=node.get("contaminated").count(),
    )


def _missing(node: Node) -> model.Missing:
    return model.Missing(
        key=node.get("key").text(),
        scenario=node.get("scenario").text(),
        label=node.get("label").text(),
        reason=node.get("reason").text(),
        blocks=node.get("blocks").count(),
    )
