"""Wrong sweep files: one sentence that names the place, exit code 2, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import parley
from ports import free_port

from sim.sweeps import executors

L, U = "[levers]\n", "[uncertainties]\n"
SOME = f"{L}sanctions = [0, 1]\n"
WRONG: dict[str, tuple[str, str]] = {
    "no TOML": ("levers = [", "found no valid TOML"),
    "an empty file": (" ", "the file is empty"),
    "nothing that differs": ('scenario = "paris-call-2018"', "found nothing that differs"),
    "an unknown key": (f"replicate = 3\n{SOME}", "found the key 'replicate'"),
    "an unknown dial": (f"{L}sanction = [0, 1]", "there is no dial 'sanction'"),
    "a misspelt key of a part": (f'{L}lense = ["full"]', "found the key 'lense'"),
    "an unknown scenario": (f'scenario = "paris-call"\n{SOME}', "found no such scenario"),
    "a scenario that is a number": (f"scenario = 3\n{SOME}", "scenario is 3"),
    "a value out of range": (
        f"{L}sanctions = [0, 3]",
        "sanctions is 3, expected a number from 0 to 2",
    ),
    "a text as a value": (f'{L}sanctions = ["much"]', "sanctions is 'much'"),
    "not a number": (f"{L}sanctions = [nan]", "sanctions is nan"),
    "half of a whole number": (
        f"{L}bayesian_learning = [0.5]",
        "expected a whole number from 0 to 1",
    ),
    "a value twice": (f"{L}sanctions = [1, 1.0]", "a list of different values"),
    "an empty list": (f"{L}sanctions = []", "a list of different values"),
    "a number alone": (f"{L}sanctions = 1", "expected a list of values"),
    "a range upside down": (
        f"{L}sanctions = {{ from = 1, to = 0 }}",
        "a range whose from lies below its to",
    ),
    "a range without an end": (f"{L}sanctions = {{ from = 1 }}", "expected a list of values"),
    "a range with two of both": (
        f'{L}sanctions = {{ range = "legal", from = 1 }}',
        "either range or from and to",
    ),
    "an unknown range": (f'{L}sanctions = "likely"', "sanctions is 'likely'"),
    "a lever's plausible range": (f'{L}sanctions = "plausible"', "a lever without a plausible one"),
    "one step": (f"{L}sanctions = {{ from = 0, to = 1, steps = 1 }}", "steps is 1"),
    "an unknown design": (
        f'{U}design = "random"\npoints = 4\ntemptation = "legal"',
        "design is 'random'",
    ),
    "a sample without points": (f'{U}temptation = "plausible"', "points is missing"),
    "no points": (f'{U}points = 0\ntemptation = "plausible"', "points is 0"),
    "points of a factorial": (f"{L}points = 4\nsanctions = [0, 1]", "points is 4, expected none"),
    "a factorial of ranges": (
        f'{L}design = "full factorial"\nsanctions = "legal"',
        "or a range with steps",
    ),
    "no power of two": (
        f'{U}design = "saltelli"\npoints = 100\ntemptation = "legal"',
        "expected a power of two",
    ),
    "one axis in both": (
        f"{SOME}{U}sanctions = [0, 1]",
        "sanctions is both in [levers] and in [uncertainties]",
    ),
    "an axis that is set": (
        f"[parameters]\nsanctions = 1\n{SOME}",
        "sanctions is an axis and in [parameters]",
    ),
    "no replicates": (f"replicates = 0\n{SOME}", "replicates is 0"),
    "a seed below 0": (f"seed = -1\n{SOME}", "seed is -1"),
    "a seed that is a text": (f'seed = "one"\n{SOME}', "seed is 'one'"),
    "an unknown outcome": (f'outcomes = ["signatorys"]\n{SOME}', "did you mean 'signatories'"),
    "an outcome twice": (f'outcomes = ["traced", "traced"]\n{SOME}', "a list of different texts"),
    "an unknown signer": (f'signers = ["Atlantis"]\n{SOME}', "Atlantis"),
    "an unknown lens": (f'{L}lenses = ["marxist"]', "marxist"),
    "an unknown choice": (f'{L}choices = {{ who = ["USA"] }}', "there is no choice 'who'"),
    "an unknown option": (
        f'scenario = "great-powers-sign"\n{L}choices = {{ who = ["FRA"] }}',
        "who is 'FRA'",
    ),
    "draws that are none": (f"{U}weights = 20", "weights is 20"),
    "draws in words": (f'{U}weights = "twenty draws"', "a number of draws of the weights"),
    "too many draws": (f'{U}weights = "100000 draws"', "the number of draws"),
    "a scenario twice": (
        f'{L}scenarios = ["paris-call-2018", "paris-call-2018"]',
        "with different names",
    ),
    "common numbers in words": (f'common_random_numbers = "yes"\n{SOME}', "expected true or false"),
    "a part that is a list": ("levers = [1]", "levers is [1]"),
    "conduct beside a name": (
        f'scenario = "great-powers-sign"\n{L}choices = {{ who = ["USA", "CHN"] }}',
        "would be theirs",
    ),
    "conduct beside scenarios that differ by a name": (
        f'outcomes = ["operations"]\n{L}scenarios = ["paris-call-2018", "no-microsoft"]',
        "found operations",
    ),
    "too many points": (
        f'{U}design = "sobol"\npoints = {2**30}\ntemptation = "legal"',
        "points is",
    ),
    "too many combinations": (
        L + "".join(f"ambition_{n} = {{ from = 0, to = 1, steps = 100 }}\n" for n in range(1, 7)),
        "expected at most",
    ),
    "given points without a file": (f'{U}design = "given"', "file is missing"),
    "given points in no file": (f'{U}design = "given"\nfile = "none.csv"', "there is no such file"),
    "given points of no dial": (
        f'{U}design = "given"\nfile = "others.csv"',
        "there is no dial 'sanction'",
    ),
    "given points out of range": (
        f'{U}design = "given"\nfile = "high.csv"',
        "row 2: sanctions is 7",
    ),
    "given points without a row": (f'{U}design = "given"\nfile = "empty.csv"', "found no point"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_sweep_file_is_one_sentence(tmp_path: Path, fault: str) -> None:
    text, words = WRONG[fault]
    (tmp_path / "others.csv").write_text("sanction\n1\n")
    (tmp_path / "high.csv").write_text("sanctions\n1\n7\n")
    (tmp_path / "empty.csv").write_text("sanctions\n")
    file, out = tmp_path / "mine.toml", tmp_path / "out"
    file.write_text(text)
    end = parley("sweep", str(file), "--out", str(out))
    assert end.is_refusal, end
    assert words in end.err
    assert not out.exists()


COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "no folder": (("sweep", "FILE"), "--out is missing"),
    "no such sweep": (("sweep", "atribution", "-o", "OUT"), "found no such sweep"),
    "an unknown executor": (
        ("sweep", "FILE", "-o", "OUT", "--executor", "gpu"),
        "executor is 'gpu'",
    ),
    "an executor of a dry run": (("sweep", "FILE", "--dry-run", "--executor", "gpu"), "is 'gpu'"),
    "an executor without a name": (
        ("sweep", "FILE", "-o", "OUT", "--executor", ""),
        "executor is '', expected one of threads",
    ),
    "two executors": (
        ("sweep", "FILE", "-o", "OUT", "--executor", "threads", "--dask", "local"),
        "found --executor",
    ),
    "an address that is none": (
        ("sweep", "FILE", "-o", "OUT", "--dask", "nowhere"),
        "executor is 'nowhere'",
    ),
    "no workers": (("sweep", "FILE", "-o", "OUT", "--workers", "0"), "--workers is 0"),
    "replicates in words": (("sweep", "FILE", "-o", "OUT", "-n", "ten"), "--replicates is 'ten'"),
    "two wishes": (
        ("sweep", "FILE", "-o", "OUT", "--status", "--dry-run"),
        "found --dry-run beside it",
    ),
    "the status of nothing": (("sweep", "FILE", "-o", "OUT", "--status"), "found no sweep there"),
    "a file in place of the folder": (
        ("sweep", "FILE", "-o", "FILE"),
        "found a file, expected a folder",
    ),
}


@pytest.mark.parametrize("fault", COMMANDS)
def test_a_wrong_command_is_one_sentence(tmp_path: Path, fault: str) -> None:
    words, sentence = COMMANDS[fault]
    file, out = tmp_path / "mine.toml", tmp_path / "out"
    file.write_text(f'replicates = 1\noutcomes = ["signatories"]\n{SOME}')
    end = parley(*(word.replace("FILE", str(file)).replace("OUT", str(out)) for word in words))
    assert end.is_refusal, end
    assert sentence in end.err
    assert not out.exists()


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:PORT", "tcp://127.0.0.1", "tcp://", "tls://x"]
)
def test_an_address_at_which_no_scheduler_answers_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(executors, "PATIENCE", "0.5s")
    file = tmp_path / "mine.toml"
    file.write_text(f'replicates = 1\noutcomes = ["signatories"]\n{SOME}')
    where = address.replace("PORT", str(free_port()))
    end = parley("sweep", str(file), "-o", str(tmp_path / "out"), "--dask", where)
    assert end.is_refusal, end
    assert f"no scheduler answers at {where}" in end.err
