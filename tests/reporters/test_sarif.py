"""SARIF: valid by its schema, with places, reasons and fingerprints."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, FormatChecker

from bulletin_lint.model.report import Report
from told_in_formats import PDF, SCHEMAS, Office


@pytest.fixture(scope="module")
def sarif_validator() -> Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=FormatChecker())


def test_the_sarif_schema_refuses_what_is_wrong(sarif_validator: Draft4Validator, office: Office) -> None:
    log = office.read("sarif")
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"] = {"startLine": 0}

    assert list(sarif_validator.iter_errors(log))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid(office: Office, sarif_validator: Draft4Validator, language: str) -> None:
    log = office.read("sarif", "--lang", language)

    assert list(sarif_validator.iter_errors(log)) == []
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_sarif_of_an_empty_run_is_valid(sarif_validator: Draft4Validator) -> None:
    from bulletin_lint.reporters import sarif

    log = json.loads(sarif.render(Report(()), language="zh", color=False, width=80))

    assert list(sarif_validator.iter_errors(log)) == []


def test_sarif_has_no_text_region_for_a_pdf_but_page_and_box(office: Office) -> None:
    run = office.read("sarif", "--lang", "en")["runs"][0]
    ours = {each["path"]: each for each in office.read("json")["violations"] if each["path"] == PDF}
    results = [
        each
        for each in run["results"]
        if unquote(each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == PDF
    ]

    assert results
    for result in results:
        location = result["locations"][0]
        assert "region" not in location["physicalLocation"]
        page = location["properties"]["page"]
        assert location["logicalLocations"][0]["name"] == f"page {page}"
        assert f" (page {page} “" in result["message"]["text"]
        assert result["message"]["text"].endswith("”)")
        assert len(location["properties"]["bbox"]) == 4
    assert results[-1]["locations"][0]["properties"]["bbox"] == ours[PDF]["bbox"]


def test_sarif_keeps_what_was_waived_with_the_reason(office: Office) -> None:
    results = office.read("sarif")["runs"][0]["results"]
    suppressions = {each["ruleId"]: each["suppressions"] for each in results if "suppressions" in each}

    inline, file = suppressions["DAT002"][0], suppressions["FLD002"][0]
    assert (inline["kind"], inline["justification"]) == ("inSource", "照录: 来文, 100%")
    assert (file["kind"], file["justification"], file["properties"]["by"]) == (
        "external",
        "本期无核稿",
        "王某",
    )


def test_sarif_describes_every_rule_that_ran(office: Office) -> None:
    driver = office.read("sarif", "--lang", "en")["runs"][0]["tool"]["driver"]
    rules = {rule["id"]: rule for rule in driver["rules"]}

    assert {"DAT002", "FLD001", "EXT004", "WVR006"} <= set(rules)
    assert "GB/T 9704-2012 7.3.5.4" in rules["DAT002"]["help"]["text"]
    assert rules["FLD001"]["shortDescription"]["text"]


def test_fingerprints_are_those_of_json(office: Office) -> None:
    ours = sorted((each["code"], each["fingerprint"]) for each in office.read("json")["violations"])
    results = office.read("sarif")["runs"][0]["results"]
    issues = [each for each in office.read("gitlab") if each["severity"] != "blocker"]

    for key in ("contentFingerprint/v1", "primaryLocationLineHash"):
        assert ours == sorted((each["ruleId"], each["partialFingerprints"][key]) for each in results)
    assert [f"{code}-{mark}" for code, mark in ours] == sorted(each["fingerprint"] for each in issues)
