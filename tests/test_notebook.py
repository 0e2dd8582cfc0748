"""The notebook under docs: its code runs, and what it shows is what the code gives. `make golden` executes it anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "first-run.ipynb"


def written() -> dict[str, Any]:
    return json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def shown(notebook: dict[str, Any]) -> list[str]:
    """What each code cell shows, as plain text."""
    texts = []
    for cell in code_cells(notebook):
        parts = [output.get("text") or output["data"]["text/plain"] for output in cell["outputs"]]
        texts.append("".join("".join(part) for part in parts))
    return texts


def executed() -> dict[str, Any]:
    """The notebook, executed in a fresh kernel, without times and versions."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    where = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False, resources=where).execute()
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def test_the_notebook_was_executed_from_top_to_bottom_in_any_python():
    notebook = written()
    assert [cell["execution_count"] for cell in code_cells(notebook)] == list(range(1, len(shown(notebook)) + 1))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_the_notebook_holds_no_errors_warnings_or_times():
    for cell in code_cells(written()):
        assert {output.get("name") for output in cell["outputs"]} <= {None, "stdout"}
        assert {output["output_type"] for output in cell["outputs"]} <= {"stream", "execute_result", "display_data"}
        assert cell["metadata"] == {}


@pytest.mark.long
def test_the_notebook_shows_what_its_code_gives(refresh_golden):
    fresh = executed()
    if refresh_golden:
        NOTEBOOK.write_text(json.dumps(fresh, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert shown(fresh) == shown(written()), "run make golden"
