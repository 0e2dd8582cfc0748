"""What a prediction from a text's description cannot say, with the instruments fitted as
witnesses.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim import facts
from sim.code_of_conduct import Code
from sim.evidence.instruments import JOINED, NOT_ASKED, Instrument
from sim.evidence.texts.backtest import BETWEEN, CAMPS, MOVED_BY, camp
from sim.evidence.transfer import DATA_OF


def limits(code: Code, fitted: Sequence[Instrument]) -> dict[str, str]:
    """A topic in some words -> a sentence, on a prediction of who joins *code* by a fit to the
    instruments *fitted*.
    """
    shares = [each.joined / each.at_risk for each in fitted]
    closed = [each for each in fitted if camp(each.scenario.code) == CAMPS[-1]]
    convenors = [
        each.scenario.code.convenor for each in closed if each.scenario.code.convenor is not None
    ]
    most = max(convenors, key=convenors.count)
    answers = [answer for each in fitted if (answer := answer_of_convenor(each)) is not None]
    of_convenor = {
        "The convenor": (
            f"it is ranked like everybody else, though {sum(answers)} of {len(answers)} convenors"
            " that were asked joined what they had convened."
        )
    }
    return {
        "How many join": (
            f"of the instruments fitted, from {100 * min(shares):.0f} to {100 * max(shares):.0f} %"
            " of those asked joined. A campaign, a host or a deadline decides that, and no"
            " description of a text has them. Trust the order more than the chances. A run of the"
            " same text has a number of its own: the mean inclination of all families, a campaign"
            " and a launch like the Call's, and signatures that move others."
        ),
        "Who may join": (
            "everybody asked is taken to be free to join. For a text of a club alone, ask its"
            " members alone: --among."
        ),
        **({} if code.convenor is None else of_convenor),
        "Whom another convenor would move": (
            f"of {len(closed)} state-led texts (openness up to {BETWEEN[0]:g}) among those fitted,"
            f" {convenors.count(most)} were convened by {facts.state_names()[most]}, so that"
            " closeness to the convenor can hardly be told from what such a text says."
        ),
        "Firms and NGOs": (
            "of these instruments it is known which states joined, and of nobody else."
        ),
        "What changed since": (
            f"facts about states are of {DATA_OF - 1}, memberships of November {DATA_OF}, the text "
            f"of {code.launch.year}. Changes of government or alliance since are not in them."
        ),
        "What the text means": (
            "position, restraint and burden are a judgement, on which two careful readers may "
            f"differ by {MOVED_BY:g}; intervals hold that."
        ),
        "Who moves together": (
            "each state has a chance of its own here, while members of the European Union mostly "
            "answer as one, and others follow whoever went before."
        ),
        "Anybody's reasons": (
            "what a motive adds is a term of a formula, and no evidence of why a state does"
            " anything."
        ),
    }


def answer_of_convenor(text: Instrument) -> bool | None:
    """Whether the convenor joined; None where it was not asked, or where there is none."""
    convenor = text.scenario.code.convenor
    answer = (
        NOT_ASKED if convenor is None else text.answers[list(facts.state_names()).index(convenor)]
    )
    return None if answer == NOT_ASKED else bool(answer == JOINED)
